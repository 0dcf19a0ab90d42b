using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Stores.Spool;

/// <summary>
/// Keyed digests of 16 bytes (HMAC-SHA-256, truncated): rows are compared by them, so that every row has the same size and
/// the database does not reveal numbers or names. The key is random and dies with the spool. For one caller
/// at a time.
/// </summary>
internal sealed class SpoolDigests : IDisposable
{
    public const int Length = 16;

    private const byte Number = 0x20;
    private const int ShortText = 256;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, RandomNumberGenerator.GetBytes(32));

    /// <summary>Case does not matter, as in <see cref="UserKey"/>.</summary>
    public byte[] Digest(UserKey key) => OfKey(key.Kind, key.Value);

    public byte[] OfKey(UserKeyKind kind, string value)
    {
        byte[] digest = new byte[Length];
        Fold((byte)kind, value, digest);
        return digest;
    }

    /// <summary>Writes the digests of all keys that name this user, first that of the object id, and says how many they are; room for four is enough.</summary>
    public int OfKeys(DirectoryUser user, Span<byte> destination)
    {
        int count = 0;
        Add((byte)UserKeyKind.Name, user.Uid, destination, ref count);
        if (!string.Equals(user.Uid, user.PrincipalName, StringComparison.OrdinalIgnoreCase)) Add((byte)UserKeyKind.Name,
            user.PrincipalName, destination, ref count);
        Add((byte)UserKeyKind.EmployeeId, user.EmployeeId, destination, ref count);
        Add((byte)UserKeyKind.Mail, user.Mail, destination, ref count);
        return count;
    }

    /// <summary>The digest that distinguishes users apart: that of the object id as a key, ignoring case.</summary>
    public byte[] OfUid(string uid) => OfKey(UserKeyKind.Name, uid);

    /// <summary>Null when no number is wanted.</summary>
    public byte[]? Digest(Managed<PhoneNumber> wanted)
    {
        if (!wanted.TryGet(out PhoneNumber number)) return null;
        Span<char> text = stackalloc char[PhoneNumber.MaxCanonicalLength];
        number.TryFormat(text, out int written);
        byte[] digest = new byte[Length];
        Hash(Number, text[..written], digest);
        return digest;
    }

    public void Dispose() => _hash.Dispose();

    private void Add(byte domain, string? text, Span<byte> destination, ref int count)
    {
        if (string.IsNullOrEmpty(text)) return;
        Fold(domain, text, destination.Slice(count * Length, Length));
        count++;
    }

    private void Fold(byte domain, string text, Span<byte> digest)
    {
        Span<char> upper = text.Length <= ShortText ? stackalloc char[text.Length] : new char[text.Length];
        text.AsSpan().ToUpperInvariant(upper);
        Hash(domain, upper, digest);
    }

    private void Hash(byte domain, ReadOnlySpan<char> text, Span<byte> digest)
    {
        int size = 1 + (text.Length * sizeof(char));
        Span<byte> message = size <= 1 + (ShortText * sizeof(char)) ? stackalloc byte[size] : new byte[size];
        message[0] = domain;
        MemoryMarshal.AsBytes(text).CopyTo(message[1..]);
        Span<byte> full = stackalloc byte[HMACSHA256.HashSizeInBytes];
        _hash.AppendData(message);
        _hash.GetHashAndReset(full);
        full[..Length].CopyTo(digest);
    }
}
