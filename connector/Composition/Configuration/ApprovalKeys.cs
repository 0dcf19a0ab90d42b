using System.Collections.Immutable;
using System.Security.Cryptography;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>Keys that approvals are signed with, in PEM: the curve P-256, as JWS needs it for ES256.</summary>
internal static class ApprovalKeys
{
    private const string Curve = "1.2.840.10045.3.1.7";

    /// <summary>SubjectPublicKeyInfo of a public key; null: it is none, or of another curve. A private key is not taken for one.</summary>
    public static ImmutableArray<byte>? Public(string pem)
    {
        if (pem.Contains("PRIVATE KEY", StringComparison.Ordinal)) return null;
        using ECDsa? key = Load(pem, static (key, text) => key.ImportFromPem(text));
        return key is null ? null : [.. key.ExportSubjectPublicKeyInfo()];
    }

    /// <summary>The private key; null: it is none, of another curve, or the password is wrong.</summary>
    /// <param name="pem">The file's text.</param>
    /// <param name="password">Asked for when the key is encrypted.</param>
    public static ECDsa? Private(string pem, Func<string?> password)
    {
        if (!pem.Contains("PRIVATE KEY", StringComparison.Ordinal)) return null;
        return pem.Contains("ENCRYPTED", StringComparison.Ordinal)
            ? Load(pem, (key, text) => key.ImportFromEncryptedPem(text, password() ?? string.Empty))
            : Load(pem, static (key, text) => key.ImportFromPem(text));
    }

    private static ECDsa? Load(string pem, Action<ECDsa, string> import)
    {
        ECDsa key = ECDsa.Create();
        try
        {
            import(key, pem);
            if (key.ExportParameters(includePrivateParameters: false).Curve is { IsNamed: true, Oid.Value: Curve }) return key;
        }
        catch (Exception problem) when (problem is CryptographicException or ArgumentException)
        {
            // The caller says what the file is to hold.
        }

        key.Dispose();
        return null;
    }
}
