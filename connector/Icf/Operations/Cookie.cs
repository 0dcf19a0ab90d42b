using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ProvisioningConnector.Icf.Operations;

/// <summary>Where a page ended.</summary>
/// <param name="Query">Digest of the search it belongs to.</param>
/// <param name="Page">Continuation of the directory's page; null for its first.</param>
/// <param name="Index">How many of that page's users are done.</param>
internal sealed record Cookie(string Query, string? Page, int Index)
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <summary>Sealed (AES-256-GCM): it holds a link that is followed with our token, and the link may hold names of people.</summary>
    public string Write(ReadOnlySpan<byte> key)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(this);
        byte[] text = new byte[NonceLength + TagLength + body.Length];
        Span<byte> nonce = text.AsSpan(0, NonceLength), tag = text.AsSpan(NonceLength, TagLength);
        RandomNumberGenerator.Fill(nonce);
        using AesGcm aes = new(Derived(key), TagLength);
        aes.Encrypt(nonce, body, text.AsSpan(NonceLength + TagLength), tag);
        return Base64Url.EncodeToString(text);
    }

    /// <summary>Null when it is not one of ours, or belongs to another search.</summary>
    public static Cookie? TryRead(string text, string query, ReadOnlySpan<byte> key)
    {
        if (!Base64Url.IsValid(text)) return null;
        ReadOnlySpan<byte> bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length <= NonceLength + TagLength) return null;
        byte[] body = new byte[bytes.Length - NonceLength - TagLength];
        using AesGcm aes = new(Derived(key), TagLength);
        try
        {
            aes.Decrypt(bytes[..NonceLength], bytes[(NonceLength + TagLength)..], bytes[NonceLength..(NonceLength + TagLength)], body);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        Cookie? cookie = JsonSerializer.Deserialize<Cookie>(body);
        return cookie?.Query == query ? cookie : null;
    }

    /// <summary>Digest of what makes a search that search.</summary>
    public static string QueryOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];

    private static byte[] Derived(ReadOnlySpan<byte> key)
    {
        byte[] derived = new byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, derived, default, "paging cookie/2"u8);
        return derived;
    }
}
