namespace ProvisioningConnector.Crest.Paging;

/// <summary>Which part of a result is asked for. Cookie and an offset above 0 exclude each other.</summary>
/// <param name="Size">Most items of the page; 0: everything, no paging.</param>
/// <param name="Cookie">What the previous page gave, opaque; null for the first page.</param>
/// <param name="Offset">Items to skip, at least 0.</param>
public sealed record PageRequest(int Size, string? Cookie, int Offset)
{
    /// <summary>Everything.</summary>
    public static PageRequest Everything { get; } = new(0, null, 0);

    /// <summary>Whether pages are asked for.</summary>
    public bool IsPaged => Size > 0;
}

/// <summary><c>_totalPagedResultsPolicy</c>. Real system objects answer NONE and -1 whatever was asked for (docs/openidm.md#queries).</summary>
public enum CountPolicy
{
    None,
    Estimate,
    Exact,
}

/// <summary>What is said about a page behind its items.</summary>
/// <param name="Cookie">Where the next page starts; null at the end.</param>
/// <param name="Total">The number of all results, and how it was counted; null: not counted (NONE, -1), as system objects answer.</param>
/// <param name="Remaining">How many follow; -1 when not known.</param>
public sealed record ResultPage(string? Cookie, (CountPolicy Policy, int Count)? Total = null, int Remaining = -1)
{
    /// <summary>The last page, or the only one.</summary>
    public static ResultPage Last { get; } = new((string?)null);
}
