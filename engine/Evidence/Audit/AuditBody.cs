using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProvisioningConnector.Engine.Evidence.Audit;

/// <summary>Entries as bytes and back. What is signed are the bytes, so that a later version which writes them otherwise still verifies old ones.</summary>
public static class AuditBody
{
    private static JsonSerializerOptions Layout { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    public static byte[] Write(AuditEntry entry) => JsonSerializer.SerializeToUtf8Bytes(entry, Layout);

    /// <summary>The entry; null when the bytes are none that this version knows.</summary>
    public static AuditEntry? TryRead(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditEntry>(body, Layout);
        }
        catch (JsonException)
        {
            // A type of a later version, or no entry at all: the chain's check does not need it, it signs bytes.
            return null;
        }
    }
}
