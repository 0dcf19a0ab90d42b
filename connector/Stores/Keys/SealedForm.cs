using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace ProvisioningConnector.Stores.Keys;

/// <summary>
/// The form of a sealed value: a version byte, the key's id (4 bytes), a random nonce (12), the ciphertext, the tag (16);
/// AES-256-GCM. A random nonce is good for 2^32 values under one key: <c>store rekey</c> long before that.
/// </summary>
internal static class SealedForm
{
    /// <summary>Bytes in front of the nonce, which show the key.</summary>
    public const int HeaderLength = 1 + sizeof(uint);

    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    public static byte[] Seal(uint keyId, byte[] key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> place)
    {
        byte[] whole = new byte[HeaderLength + NonceLength + plain.Length + TagLength];
        Header(keyId).CopyTo(whole, 0);
        Span<byte> nonce = whole.AsSpan(HeaderLength, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using AesGcm cipher = new(key, TagLength);
        cipher.Encrypt(nonce, plain, whole.AsSpan(HeaderLength + NonceLength, plain.Length), whole.AsSpan(whole.Length - TagLength), place);
        return whole;
    }

    /// <exception cref="CryptographicException">Changed, cut short, moved from elsewhere, or of an unknown version.</exception>
    public static byte[] Open(byte[] key, ReadOnlySpan<byte> whole, ReadOnlySpan<byte> place)
    {
        byte[] plain = new byte[whole.Length - HeaderLength - NonceLength - TagLength];
        using AesGcm cipher = new(key, TagLength);
        cipher.Decrypt(whole.Slice(HeaderLength, NonceLength), whole[(HeaderLength + NonceLength)..^TagLength], whole[^TagLength..], plain, place);
        return plain;
    }

    /// <summary>The id of the key that sealed it; false when it is no sealed value.</summary>
    public static bool TryReadKeyId(ReadOnlySpan<byte> whole, out uint keyId)
    {
        bool sealedValue = whole.Length >= HeaderLength + NonceLength + TagLength && whole[0] == Version;
        keyId = sealedValue ? BinaryPrimitives.ReadUInt32BigEndian(whole[1..]) : 0;
        return sealedValue;
    }

    /// <summary>What every value begins with that this key sealed.</summary>
    public static byte[] Header(uint keyId)
    {
        byte[] header = new byte[HeaderLength];
        header[0] = Version;
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(1), keyId);
        return header;
    }

    public static string KeyName(uint keyId) => string.Create(CultureInfo.InvariantCulture, $"{KeyPrefix}{keyId:x8}");

    public static bool TryReadKeyName(string name, out uint keyId)
    {
        keyId = 0;
        return name.StartsWith(KeyPrefix, StringComparison.Ordinal)
            && uint.TryParse(name.AsSpan(KeyPrefix.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out keyId);
    }

    private const string KeyPrefix = "values:";
}
