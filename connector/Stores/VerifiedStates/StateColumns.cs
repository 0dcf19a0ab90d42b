using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Data.Common;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Database;

namespace ProvisioningConnector.Stores.VerifiedStates;

/// <summary>A state as the columns of a row. There may be a million, so moments are numbers of ticks in UTC, and what was verified of values lies in one blob:
/// a byte for the value, 16 for its digest and 8 for the moment each.</summary>
internal static class StateColumns
{
    /// <summary>In the order in which <see cref="Take"/> reads them.</summary>
    public const string All = "uid, settled, row_digest, rules_digest, presence, verified_at, own_from, own_until, parts, touched_at, doubted_at, doubt, "
        + "basis, attempted, held";

    private const int HeldLength = 2 + sizeof(long);

    private const int PartLength = 1 + StateDigest.Length + sizeof(long);

    /// <summary>Of the column <c>parts</c>, as it was written before every value had a moment of its own.</summary>
    private const int OldPartLength = 1 + StateDigest.Length;

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
            BinaryPrimitives.WriteInt64BigEndian(part[OldPartLength..], parts[i].VerifiedAt.UtcTicks);
        }

        return bytes;
    }

    /// <summary>A byte for the part, one for whether it is a removal, and 8 for the moment each; null where nothing is held.</summary>
    public static byte[]? Write(ImmutableArray<HeldSince> held)
    {
        if (held.IsDefaultOrEmpty) return null;
        byte[] bytes = new byte[held.Length * HeldLength];
        for (int i = 0; i < held.Length; i++)
        {
            Span<byte> one = bytes.AsSpan(i * HeldLength, HeldLength);
            (one[0], one[1]) = ((byte)held[i].Part, held[i].IsRemoval ? (byte)1 : (byte)0);
            BinaryPrimitives.WriteInt64BigEndian(one[2..], held[i].Since.UtcTicks);
        }

        return bytes;
    }

    public static VerifiedState Take(DbDataReader reader, string uid) => new(
        uid, StateDigest.Read(reader.GetFieldValue<byte[]>(2)), StateDigest.Read(reader.GetFieldValue<byte[]>(3)),
        (MethodPresence)reader.GetInt64(4), At(reader.GetInt64(5)))
    {
        IsSettled = reader.GetInt64(1) == 1,
        Own = At(reader, 6) is { } from && At(reader, 7) is { } until ? new OwnWrites(from, until) : null,
        Parts = reader.Bytes(12) is { } basis ? Read(basis, PartLength, default) : Read(reader.Bytes(8) ?? [], OldPartLength, At(reader.GetInt64(5))),
        Attempted = (ManagedValues)reader.GetInt64(13),
        Held = ReadHeld(reader.Bytes(14) ?? []),
        Signs = new OutsideSigns(At(reader, 9), At(reader, 10), reader.IsDBNull(11) ? null : (MethodPresence)reader.GetInt64(11)),
    };

    private static ImmutableArray<PartDigest> Read(byte[] bytes, int length, DateTimeOffset verifiedAt)
    {
        ImmutableArray<PartDigest>.Builder parts = ImmutableArray.CreateBuilder<PartDigest>(bytes.Length / length);
        for (int at = 0; at + length <= bytes.Length; at += length)
        {
            ReadOnlySpan<byte> part = bytes.AsSpan(at, length);
            DateTimeOffset moment = length == PartLength ? At(BinaryPrimitives.ReadInt64BigEndian(part[OldPartLength..])) : verifiedAt;
            parts.Add(new PartDigest((ManagedValue)part[0], StateDigest.Read(part.Slice(1, StateDigest.Length)), moment));
        }

        return parts.ToImmutable();
    }

    private static ImmutableArray<HeldSince> ReadHeld(byte[] bytes)
    {
        ImmutableArray<HeldSince>.Builder held = ImmutableArray.CreateBuilder<HeldSince>(bytes.Length / HeldLength);
        for (int at = 0; at + HeldLength <= bytes.Length; at += HeldLength)
        {
            ReadOnlySpan<byte> one = bytes.AsSpan(at, HeldLength);
            held.Add(new HeldSince((Part)one[0], one[1] == 1, At(BinaryPrimitives.ReadInt64BigEndian(one[2..]))));
        }

        return held.ToImmutable();
    }

    private static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);

    private static DateTimeOffset? At(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : At(reader.GetInt64(column));
}
