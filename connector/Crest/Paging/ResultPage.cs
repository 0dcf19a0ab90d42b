namespace ProvisioningConnector.Crest.Paging;

/// <summary>What is said about a page behind its items.</summary>
/// <param name="Cookie">Where the next page starts; null at the end.</param>
/// <param name="Total">The number of all results, and how it was counted; null: not counted (NONE, -1), as system objects answer.</param>
/// <param name="Remaining">How many follow; -1 when not known.</param>
public sealed record ResultPage(string? Cookie, (CountPolicy Policy, int Count)? Total = null, int Remaining = -1)
{
    /// <summary>The last page, or the only one.</summary>
    public static ResultPage Last { get; } = new((string?)null);
}
