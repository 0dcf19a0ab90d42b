namespace ProvisioningConnector.Graph;

/// <summary>The media type of <c>Content-Type</c>.</summary>
internal static class MediaType
{
    private const int Longest = 60;

    /// <summary>For messages: type and subtype, masked and short.</summary>
    public static string Describe(string? contentType) => Bare(contentType) is { Length: > 0 } bare ? QuotedText.Of(bare.Length > Longest ? bare[..Longest] : bare) : "no Content-Type";

    private static string? Bare(string? contentType) => contentType?.Split(';', 2)[0].Trim();
}
