using System.Text.Json;

namespace ProvisioningConnector.Graph;

/// <summary>
/// The service's error body as far as it says something (graph-facts 9.1): property names in any case, <c>innerError</c> nested or not,
/// bodies that are empty, HTML or broken give an empty envelope.
/// </summary>
internal readonly record struct ErrorEnvelope(string Code, string Message, string InnerCode, string? RequestId)
{
    private const int MaxDepth = 8;

    public static ErrorEnvelope Empty { get; } = new("", "", "", null);

    public static ErrorEnvelope Read(ReadOnlyMemory<byte> body)
    {
        ReadOnlyMemory<byte> json = Utf8Text.WithoutMark(body);
        Utf8JsonReader reader = new(json.Span);
        try
        {
            if (!JsonDocument.TryParseValue(ref reader, out JsonDocument? document)) return Empty;
            using (document) return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or not UTF-8 (a gateway's HTML page, a cut body): the status alone must do.
            return Empty;
        }
    }

    private static ErrorEnvelope Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) return Empty;
        JsonElement error = Member(root, "error") ?? Member(root, "odata.error") ?? root;
        if (error.ValueKind == JsonValueKind.String) return new ErrorEnvelope(error.GetString() ?? "", Text(root, "error_description"), "", null);
        string message = Text(error, "message");
        string innerCode = "";
        string? requestId = null;
        JsonElement? inner = Member(error, "innerError");
        for (int depth = 0; inner is { ValueKind: JsonValueKind.Object } level && depth < MaxDepth; depth++, inner = Member(level, "innerError"))
        {
            if (Text(level, "code") is { Length: > 0 } code && !char.IsAsciiDigit(code[0])) innerCode = code;
            if (Text(level, "request-id") is { Length: > 0 } id) requestId ??= id;
            string said = Text(level, "message");
            if (said.Length > 0 && !message.Contains(said, StringComparison.OrdinalIgnoreCase)) message = message.Length == 0 ? said : message + " " + said;
        }

        return new ErrorEnvelope(Text(error, "code"), message, innerCode, requestId);
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
