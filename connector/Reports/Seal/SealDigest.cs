using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Json;

namespace ProvisioningConnector.Reports.Seal;

/// <summary>Builds a seal while pieces pass by. Each piece is written without blanks and ended by a line break, which no JSON value holds.</summary>
internal sealed class SealDigest : IDisposable
{
    private const string Property = "seal";
    private const string Prefix = "hmac-sha256:";
    private readonly IncrementalHash _hash;
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public SealDigest(ReadOnlySpan<byte> key)
    {
        if (key.Length < 16) throw new ArgumentException("A key needs at least 16 bytes.", nameof(key));
        _hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        _hash.AppendData("provision-plan-seal/1\n"u8);
    }

    public static bool Same(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));

    public void Add(DocumentPiece piece)
    {
        if (piece.Name is Property or ApprovedPlan.Property) return;
        _bytes.ResetWrittenCount();
        using (Utf8JsonWriter writer = new(_bytes, ReportJson.Writing))
        {
            // A property is two values, a user one: neither can pass for the other.
            writer.WriteStartArray();
            if (piece.Name is { } name) writer.WriteStringValue(name);
            piece.Value.WriteTo(writer);
            writer.WriteEndArray();
        }

        Append();
    }

    public void Add(UserEntry user)
    {
        _bytes.ResetWrittenCount();
        using (Utf8JsonWriter writer = new(_bytes, ReportJson.Writing))
        {
            writer.WriteStartArray();
            JsonSerializer.Serialize(writer, user, ReportJson.OfPlans.User);
            writer.WriteEndArray();
        }

        Append();
    }

    public string Finish() => Prefix + Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();

    private void Append()
    {
        _hash.AppendData(_bytes.WrittenSpan);
        _hash.AppendData("\n"u8);
    }
}
