namespace ProvisioningConnector.Graph.Answers;

/// <summary>UTF-8 bodies as they come.</summary>
internal static class Utf8Text
{
    /// <summary>The body without a byte order mark: the JSON reader refuses one.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) =>
        body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;
}
