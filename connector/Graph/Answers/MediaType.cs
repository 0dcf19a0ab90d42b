namespace ProvisioningConnector.Graph.Answers;

/// <summary>The media type of <c>Content-Type</c>.</summary>
internal static class MediaType
{
    private const int Longest = 60;

    /// <summary>For messages: type and subtype, masked and short.</summary>
    public static string Describe(string? contentType) => Bare(contentType) is { Length: > 0 } bare
        ? QuotedText.Quote(bare.Length > Longest ? bare[..Longest] : bare) : "no Content-Type";

    /// <summary>Whether a body of this type may be JSON: the type says so, or there is none.</summary>
    public static bool MayBeJson(string? contentType) => Bare(contentType) is not { Length: > 0 } bare
        || bare.EndsWith("/json", StringComparison.OrdinalIgnoreCase) || bare.EndsWith("+json", StringComparison.OrdinalIgnoreCase);

    private static string? Bare(string? contentType) => contentType?.Split(';', 2)[0].Trim();
}
