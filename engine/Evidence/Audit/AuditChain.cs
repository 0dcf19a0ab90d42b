using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;

namespace ProvisioningConnector.Engine.Evidence.Audit;

/// <summary>
/// Chains records: each one's MAC covers its number, the MAC of the record before and its body, so that nothing can be
/// changed, left out or put in between without the key.
/// </summary>
public static class AuditChain
{
    /// <summary>Name of the store's key that signs the chain.</summary>
    public const string KeyName = "audit";

    private const int MacLength = HMACSHA256.HashSizeInBytes;

    /// <summary>What stands before the first record.</summary>
    public static ImmutableArray<byte> Beginning { get; } = [.. new byte[MacLength]];

    /// <summary>The record that follows.</summary>
    /// <param name="key">The chain's key.</param>
    /// <param name="number">Number of the last record; 0 when there is none.</param>
    /// <param name="previous">Its MAC; <see cref="Beginning"/> when there is none.</param>
    /// <param name="body">What the new record says.</param>
    public static AuditRecord Next(ReadOnlySpan<byte> key, long number, ImmutableArray<byte> previous, ReadOnlySpan<byte> body) =>
        new(number + 1, previous, Mac(key, number + 1, previous.AsSpan(), body), [.. body]);

    /// <summary>Whether a record is as it was signed.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> key, AuditRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        ImmutableArray<byte> meant = Mac(key, record.Number, record.Previous.AsSpan(), record.Body.AsSpan());
        return CryptographicOperations.FixedTimeEquals(meant.AsSpan(), record.Mac.AsSpan());
    }

    private static ImmutableArray<byte> Mac(ReadOnlySpan<byte> key, long number, ReadOnlySpan<byte> previous, ReadOnlySpan<byte> body)
    {
        using IncrementalHash hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, number);
        hash.AppendData("provision-audit/1\n"u8);
        hash.AppendData(counter);
        BinaryPrimitives.WriteInt64BigEndian(counter, previous.Length);
        hash.AppendData(counter);
        hash.AppendData(previous);
        hash.AppendData(body);
        return [.. hash.GetHashAndReset()];
    }
}
