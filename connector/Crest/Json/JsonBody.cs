using System.Text.Json;
using ProvisioningConnector.Crest.Errors;

namespace ProvisioningConnector.Crest.Json;

/// <summary>
/// Reads bodies strictly (docs/openidm.md#bodies-and-versions): UTF-8 (a byte-order mark is skipped), one JSON value and nothing behind it, no name twice in
/// one object (a client that says a thing twice does not know which it means), no text that is not Unicode, within the limits.
/// Whatever is returned can be read without an exception.
/// </summary>
public static class JsonBody
{
    private const string Because = "The request could not be processed because";

    /// <summary>The body as one object.</summary>
    public static Parsed<JsonElement> SingleObject(ReadOnlySpan<byte> body, BodyLimits limits) =>
        Any(body, limits).Then<JsonElement>(json => json.ValueKind == JsonValueKind.Object ? json : NotAnObject());

    /// <summary>The body as one object; an empty object when there is no body, as actions may come without one.</summary>
    public static Parsed<JsonElement> SingleObjectOrNothing(ReadOnlySpan<byte> body, BodyLimits limits) =>
        IsBlank(body) ? SingleObject("{}"u8, limits) : SingleObject(body, limits);

    /// <summary>The body as any JSON value, e.g. the array of a patch.</summary>
    public static Parsed<JsonElement> Any(ReadOnlySpan<byte> body, BodyLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        if (body.Length > limits.Bytes) return new CrestError(CrestStatus.PayloadTooLarge,
            $"{Because} its body is longer than {limits.Bytes} bytes. Send less in one request.");
        ReadOnlySpan<byte> json = body.StartsWith("\uFEFF"u8) ? body[3..] : body;
        if (IsBlank(json)) return CrestError.Bad($"{Because} it did not contain any JSON content");
        if (JsonScan.Fault(json, limits.Depth) is { } fault) return fault;
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = limits.Depth });
        return JsonElement.ParseValue(ref reader);
    }

    private static bool IsBlank(ReadOnlySpan<byte> body) => body.IndexOfAnyExcept(" \t\r\n"u8) < 0;

    private static CrestError NotAnObject() => CrestError.Bad($"{Because} the provided content is not a JSON object");
}

/// <summary>How large a body may be.</summary>
/// <param name="Bytes">Most bytes, at least 1.</param>
/// <param name="Depth">Most nested objects and arrays, 1 to 128.</param>
public sealed record BodyLimits(int Bytes, int Depth)
{
    /// <summary>1 MiB, 32 levels: a user with a hundred methods needs a thousandth of it.</summary>
    public static BodyLimits Default { get; } = new(1 << 20, 32);
}
