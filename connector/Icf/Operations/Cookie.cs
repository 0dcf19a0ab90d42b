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
    private const int MacLength = 16;

    /// <summary>Signed, because it holds a link that is followed with our token.</summary>
    public string Write(ReadOnlySpan<byte> key)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(this);
        return Base64Url.EncodeToString([.. Mac(key, body), .. body]);
    }

    /// <summary>Null when it is not one of ours, or belongs to another search.</summary>
    public static Cookie? TryRead(string text, string query, ReadOnlySpan<byte> key)
    {
        if (!Base64Url.IsValid(text)) return null;
        ReadOnlySpan<byte> bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length <= MacLength || !CryptographicOperations.FixedTimeEquals(bytes[..MacLength], Mac(key, bytes[MacLength..]))) return null;
        Cookie? cookie = JsonSerializer.Deserialize<Cookie>(bytes[MacLength..]);
        return cookie?.Query == query ? cookie : null;
    }

    /// <summary>Digest of what makes a search that search.</summary>
    public static string QueryOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];

    private static byte[] Mac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> body) => HMACSHA256.HashData(key, body)[..MacLength];
}
