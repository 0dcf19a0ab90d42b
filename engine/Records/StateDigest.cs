using System.Buffers.Binary;

namespace ProvisioningConnector.Engine.Records;

/// <summary>A keyed digest of 16 bytes (HMAC-SHA-256, truncated). Equal digests mean equal values;
/// without the store's key it reveals nothing.</summary>
/// <param name="Value">The bytes as a number, most significant first.</param>
public readonly record struct StateDigest(UInt128 Value)
{
    /// <summary>Bytes of a digest.</summary>
    public const int Length = 16;

    public static StateDigest Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    public void Write(Span<byte> bytes) => BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);

    public byte[] ToBytes()
    {
        byte[] bytes = new byte[Length];
        Write(bytes);
        return bytes;
    }
}

/// <summary>What a row may manage, one by one; the numbers are stored and never change.</summary>
public enum ManagedValue : byte
{
    Mobile = 1,
    AlternateMobile = 2,
    Office = 3,
    Email = 4,
    SmsSignIn = 5,
    PreferredMethod = 6,
    Removals = 7,

    /// <summary>Which removals the row asked for; what is left of the kinds (<see cref="Removals"/>) does not show it.</summary>
    RemovalsWanted = 8,
}

/// <summary>Several of <see cref="ManagedValue"/>; the numbers are stored and never change.</summary>
[Flags]
public enum ManagedValues : ushort
{
    None = 0,
    Mobile = 1 << ManagedValue.Mobile,
    AlternateMobile = 1 << ManagedValue.AlternateMobile,
    Office = 1 << ManagedValue.Office,
    Email = 1 << ManagedValue.Email,
    SmsSignIn = 1 << ManagedValue.SmsSignIn,
    PreferredMethod = 1 << ManagedValue.PreferredMethod,
    Removals = 1 << ManagedValue.Removals,
    RemovalsWanted = 1 << ManagedValue.RemovalsWanted,
}

/// <summary>The digest of one managed value as the tenant held it when it was verified.</summary>
/// <param name="Of">Which value.</param>
/// <param name="Digest">Of its canonical form; an empty value has a digest too.</param>
/// <param name="VerifiedAt">When, at the earliest, as in
/// <see cref="VerifiedState.VerifiedAt"/>: values that are held keep the time of their own last verification.</param>
public readonly record struct PartDigest(ManagedValue Of, StateDigest Digest, DateTimeOffset VerifiedAt = default);
