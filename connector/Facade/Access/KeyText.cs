using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ProvisioningConnector.Facade.Access;

/// <summary>A key as a program holds it: <c>pc_ID_SECRET</c>; the id is 16 hexadecimal digits, the secret 256 random bits in base64url.</summary>
internal sealed record KeyText(string Id, string Secret)
{
    public const string Prefix = "pc_";
    private const int IdLength = 16;
    private const int SecretBytes = 32;
    private const int MostLength = 200;
    private static readonly string NoDigest = new('-', 64);

    public static KeyText New() =>
        new(RandomNumberGenerator.GetHexString(IdLength, lowercase: true), Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)));

    /// <summary>What its holder gets to see once.</summary>
    public string Reveal() => $"{Prefix}{Id}_{Secret}";

    /// <summary>Null: no such text.</summary>
    public static KeyText? Read(string text)
    {
        int secret = Prefix.Length + IdLength + 1;
        if (text.Length <= secret || text.Length > MostLength || !text.StartsWith(Prefix, StringComparison.Ordinal) || text[secret - 1] != '_') return null;
        string id = text[Prefix.Length..(secret - 1)];
        return IsId(id) ? new KeyText(id, text[secret..]) : null;
    }

    /// <summary>An id that no key has: looked up where none was shown, so that this takes as long.</summary>
    public const string IdOfNone = "0000000000000000";

    /// <summary>Compares a secret with a key's digest in constant time.</summary>
    /// <param name="secret">As shown.</param>
    /// <param name="digest">Null: there is no key; then against a digest that no secret has.</param>
    public static bool Matches(string secret, string? digest) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(Digest(secret)), Encoding.ASCII.GetBytes(digest ?? NoDigest));

    public static bool IsId(string text) => text.Length == IdLength && text.All(static c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'));

    public static string Digest(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Neither the secret nor anything of it, also in logs and debuggers.</summary>
    public override string ToString() => $"{Prefix}{Id}_…";
}
