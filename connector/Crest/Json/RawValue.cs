using System.Text;
using System.Text.Json;
using ProvisioningConnector.Crest.Errors;

namespace ProvisioningConnector.Crest.Json;

/// <summary>
/// The body of an answer with <c>_mimeType</c>: the value of the one field of <c>_fields</c>,
/// without JSON around it (docs/openidm.md#addresses-and-parameters). A text as it is, anything
/// else as JSON; no value is a 404. Send it with <c>X-Content-Type-Options: nosniff</c>.
/// </summary>
public static class RawValue
{
    /// <summary>The bytes, in UTF-8.</summary>
    public static Parsed<byte[]> Decode(JsonElement source, JsonPointer field)
    {
        ArgumentNullException.ThrowIfNull(field);
        JsonElement at = source;
        foreach (string name in field.Names)
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at)) return Nothing(field);
        }

        return at.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.Undefined => Nothing(field),
            JsonValueKind.String => Encoding.UTF8.GetBytes(at.GetString() ?? ""),
            JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False =>
                Encoding.UTF8.GetBytes(at.GetRawText()),
        };
    }

    private static CrestError Nothing(JsonPointer field) =>
        new(CrestStatus.NotFound, $"The object has no value in the field {SafeQuote.Quote(field.ToString(), "asked for")}.");
}
