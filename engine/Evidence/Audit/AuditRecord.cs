using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProvisioningConnector.Engine.Evidence.Audit;

/// <summary>One link of the chain, as it is stored.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="Previous">The MAC of the record before; zeros for the first.</param>
/// <param name="Mac">HMAC-SHA-256 over number, previous MAC and body.</param>
/// <param name="Body">The entry as UTF-8 JSON, exactly as it was signed.</param>
public sealed record AuditRecord(long Number, ImmutableArray<byte> Previous, ImmutableArray<byte> Mac, ImmutableArray<byte> Body)
{
    /// <summary>Where the chain ends with this record.</summary>
    public AuditHead Head => new(Number, Convert.ToHexStringLower(Mac.AsSpan()));
}

/// <summary>The end of a chain: who knows it notices when something behind it is cut off.</summary>
/// <param name="Number">Number of the last record.</param>
/// <param name="Mac">Its MAC, lower-case hex.</param>
public sealed record AuditHead(long Number, string Mac);

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
