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
