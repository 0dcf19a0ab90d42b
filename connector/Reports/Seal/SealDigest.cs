using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Json;

namespace ProvisioningConnector.Reports.Seal;

/// <summary>Builds a seal, and a digest of the same content without a key, while pieces pass by. Each piece is written without blanks and ended by a line
/// break, which no JSON value holds.</summary>
internal sealed class SealDigest : IDisposable
{
    private const string Property = "seal";
    private const string Prefix = "hmac-sha256:";
    private readonly IncrementalHash? _seal;
    private readonly IncrementalHash _content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <param name="key">Null: only the digest of the content.</param>
    public SealDigest(ReadOnlyMemory<byte>? key)
    {
        _content.AppendData("provision-plan-content/1\n"u8);
        if (key is not { } secret) return;
        if (secret.Length < 16) throw new ArgumentException("A key needs at least 16 bytes.", nameof(key));
        _seal = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret.Span);
        _seal.AppendData("provision-plan-seal/1\n"u8);
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

    /// <summary>The seal; needs a key.</summary>
    public string Finish() => Prefix + Convert.ToHexStringLower((_seal ?? throw new InvalidOperationException("A seal needs a key.")).GetHashAndReset());

    /// <summary>The digest of the content. It holds the plan's id and keyed digests, so that no number can be found by trying.</summary>
    public string FinishContent() => "sha256:" + Convert.ToHexStringLower(_content.GetHashAndReset());

    public void Dispose()
    {
        _seal?.Dispose();
        _content.Dispose();
    }

    private void Append()
    {
        foreach (IncrementalHash? hash in (ReadOnlySpan<IncrementalHash?>)[_seal, _content])
        {
            hash?.AppendData(_bytes.WrittenSpan);
            hash?.AppendData("\n"u8);
        }
    }
}
