using System.Collections.Immutable;
using System.Data.Common;
using ProvisioningConnector.Engine.Reconciliation;
using ProvisioningConnector.Stores.Databases;

namespace ProvisioningConnector.Stores.VerifiedStates;

/// <summary>A state as the columns of a row. There may be a million, so moments are numbers of ticks in UTC, and parts lie in one blob: a byte for the value and 16 for its digest each.</summary>
internal static class StateColumns
{
    /// <summary>In the order in which <see cref="Take"/> reads them.</summary>
    public const string All = "uid, settled, row_digest, rules_digest, presence, verified_at, own_from, own_until, parts, touched_at, doubted_at, doubt";

    private const int PartLength = 1 + StateDigest.Length;

    /// <summary>Ids of tenants are compared ignoring case, as the digests of users are.</summary>
    public static string Name(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id.ToUpperInvariant();
    }

    public static object? Ticks(DateTimeOffset? at) => at?.UtcTicks;

    public static byte[] Write(ImmutableArray<PartDigest> parts)
    {
        byte[] bytes = new byte[parts.Length * PartLength];
        for (int i = 0; i < parts.Length; i++)
        {
            Span<byte> part = bytes.AsSpan(i * PartLength, PartLength);
            part[0] = (byte)parts[i].Of;
            parts[i].Digest.Write(part[1..]);
        }

        return bytes;
    }

    public static VerifiedState Take(DbDataReader reader, string uid) => new(
        uid, StateDigest.Read(reader.GetFieldValue<byte[]>(2)), StateDigest.Read(reader.GetFieldValue<byte[]>(3)),
        (MethodPresence)reader.GetInt64(4), At(reader.GetInt64(5)))
    {
        IsSettled = reader.GetInt64(1) == 1,
        Own = At(reader, 6) is { } from && At(reader, 7) is { } until ? new OwnWrites(from, until) : null,
        Parts = Read(reader.Bytes(8) ?? []),
        Signs = new OutsideSigns(At(reader, 9), At(reader, 10), reader.IsDBNull(11) ? null : (MethodPresence)reader.GetInt64(11)),
    };

    private static ImmutableArray<PartDigest> Read(byte[] bytes)
    {
        ImmutableArray<PartDigest>.Builder parts = ImmutableArray.CreateBuilder<PartDigest>(bytes.Length / PartLength);
        for (int at = 0; at + PartLength <= bytes.Length; at += PartLength)
        {
            parts.Add(new PartDigest((ManagedValue)bytes[at], StateDigest.Read(bytes.AsSpan(at + 1, StateDigest.Length))));
        }

        return parts.ToImmutable();
    }

    private static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);

    private static DateTimeOffset? At(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : At(reader.GetInt64(column));
}
