using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Reports.Documents;

/// <summary>
/// Keyed digests over canonical values: display tags and fingerprints (docs/documents.md#masking). HMAC-SHA-256 with a key of the store,
/// because bare hashes of phone numbers are phone numbers: all of them can be tried.
/// </summary>
public sealed class KeyedDigests
{
    private const int TagBytes = 2;
    private readonly byte[] _key;

    /// <param name="key">Secret of the store, at least 16 bytes.</param>
    /// <exception cref="ArgumentException">The key is shorter.</exception>
    public KeyedDigests(ReadOnlySpan<byte> key)
    {
        if (key.Length < 16) throw new ArgumentException("A key needs at least 16 bytes.", nameof(key));
        _key = key.ToArray();
    }

    /// <summary>Four hexadecimal digits that let a reader see which hidden values are the same. Different values may share them.</summary>
    public string Tag(string canonical)
    {
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(canonical), digest);
        return Convert.ToHexStringLower(digest[..TagBytes]);
    }

    /// <summary>The whole digest, for names of what is kept of someone: different texts have different ones.</summary>
    public string Digest(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes("name/1\n" + text)));

    /// <summary>
    /// Digest of everything a plan looks at in a user's state. Two states with the same fingerprint are the same state,
    /// except for names of devices and the default method, which is not always read.
    /// </summary>
    public string Fingerprint(CurrentMethods current)
    {
        ArgumentNullException.ThrowIfNull(current);
        StringBuilder text = new("fingerprint/1\n");
        Append(text, "mobile", current.Mobile.FullText());
        Append(text, "alternateMobile", current.AlternateMobile.FullText());
        Append(text, "office", current.Office.FullText());
        Append(text, "smsSignIn", current.Mobile.IsEmpty ? null : current.SmsSignIn.Name());
        Append(text, "email", current.Email?.Address.ToLowerInvariant());
        foreach (string other in current.Others.Select(o => $"{o.Kind.Name()}\t{o.TypeName}\t{o.Id.ToLowerInvariant()}").Order(StringComparer.Ordinal))
        {
            Append(text, "other", other);
        }

        return Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>
    /// The revision of a user that callers of every API see (<c>_rev</c>, <c>ETag</c>): the fingerprint of what every reading covers. Hardware OATH tokens
    /// are not always read and are no part of it, so one state has one revision.
    /// </summary>
    public string Revision(CurrentMethods current)
    {
        ArgumentNullException.ThrowIfNull(current);
        return Fingerprint(current.Has(MethodKind.HardwareOath)
            ? current with { Others = current.Others.RemoveAll(static m => m.Kind == MethodKind.HardwareOath) } : current);
    }

    // Lengths keep one value from running into the next.
    private static void Append(StringBuilder text, string name, string? value) =>
        text.Append(CultureInfo.InvariantCulture, $"{name} {value?.Length ?? -1} {value}\n");
}
