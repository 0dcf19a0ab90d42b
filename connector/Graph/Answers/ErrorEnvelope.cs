using System.Text.Json;

namespace ProvisioningConnector.Graph.Answers;

/// <summary>
/// The service's error body (docs/graph.md#error-envelope): an object <c>error</c> with a <c>code</c> that is a word; property names in any case,
/// <c>innerError</c> nested or not. Every other body (empty, HTML, broken, another program's JSON) gives <see cref="Empty"/>.
/// </summary>
internal readonly record struct ErrorEnvelope(string Code, string Message, string InnerCode, string? RequestId)
{
    private const int MaxDepth = 8;

    public static ErrorEnvelope Empty { get; } = new("", "", "", null);

    /// <summary>Whether Microsoft Graph wrote it. Nothing else may decide what an error means: gateways and proxies answer with the same statuses.</summary>
    public bool IsGraphs => Code.Length > 0;

    public static ErrorEnvelope Read(ReadOnlyMemory<byte> body)
    {
        ReadOnlyMemory<byte> json = Utf8Text.WithoutMark(body);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or not UTF-8 (a gateway's HTML page, a cut body).
            return Empty;
        }
    }

    private static ErrorEnvelope Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) return Empty;
        if ((Member(root, "error") ?? Member(root, "odata.error")) is not { ValueKind: JsonValueKind.Object } error) return Empty;
        string code = Text(error, "code");
        // A bare number is another program's: Graph's codes are words.
        if (!code.AsSpan().ContainsAnyInRange('A', 'Z') && !code.AsSpan().ContainsAnyInRange('a', 'z')) return Empty;
        string message = Text(error, "message");
        string innerCode = "";
        string? requestId = null;
        JsonElement? inner = Member(error, "innerError");
        for (int depth = 0; inner is { ValueKind: JsonValueKind.Object } level && depth < MaxDepth; depth++, inner = Member(level, "innerError"))
        {
            if (Text(level, "code") is { Length: > 0 } nested && !char.IsAsciiDigit(nested[0])) innerCode = nested;
            if (Text(level, "request-id") is { Length: > 0 } id) requestId ??= id;
            string said = Text(level, "message");
            if (said.Length > 0 && !message.Contains(said, StringComparison.OrdinalIgnoreCase)) message = message.Length == 0 ? said : message + " " + said;
        }

        return new ErrorEnvelope(code, message, innerCode, requestId);
    }

    private static string Text(JsonElement element, string name) => Member(element, name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString() ?? "",
        { ValueKind: JsonValueKind.Object } wrapped when name != "value" => Text(wrapped, "value"),
        _ => "",
    };

    private static JsonElement? Member(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object) return null;
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase)) return property.Value;
        }

        return null;
    }
}
