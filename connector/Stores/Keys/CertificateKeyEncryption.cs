using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Database;

namespace ProvisioningConnector.Stores.Keys;

/// <summary>An RSA certificate encrypts (OAEP with SHA-256); the file opens only with its private key. It may have expired.</summary>
public sealed class CertificateKeyEncryption(X509Certificate2 certificate) : IKeyEncryption
{
    /// <inheritdoc/>
    public string Id { get; } = $"certificate {Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256))}";

    /// <summary>Reads a PFX file, or a PEM file with the certificate and its private key.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="password">Null: none.</param>
    /// <exception cref="StoreException">It cannot be used.</exception>
    public static CertificateKeyEncryption Load(string path, string? password)
    {
        try
        {
            return Checked(path, IsPem(path) ? Pem(path, password) : X509CertificateLoader.LoadPkcs12FromFile(path, password));
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, $"cannot be used: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public byte[] Wrap(byte[] key)
    {
        using RSA rsa = Key(certificate.GetRSAPublicKey());
        return rsa.Encrypt(key, RSAEncryptionPadding.OaepSHA256);
    }

    /// <inheritdoc/>
    public byte[] Unwrap(byte[] wrapped)
    {
        using RSA rsa = Key(certificate.GetRSAPrivateKey());
        return rsa.Decrypt(wrapped, RSAEncryptionPadding.OaepSHA256);
    }

    private static RSA Key(RSA? key) => key ?? throw new CryptographicException("The certificate has no RSA key for it.");

    private static bool IsPem(string path) => File.ReadAllText(path).Contains("-----BEGIN ", StringComparison.Ordinal);

    private static X509Certificate2 Pem(string path, string? password) =>
        password is null ? X509Certificate2.CreateFromPemFile(path) : X509Certificate2.CreateFromEncryptedPemFile(path, password);

    private static CertificateKeyEncryption Checked(string path, X509Certificate2 certificate)
    {
        using RSA? key = certificate.GetRSAPrivateKey();
        return key is null ? throw Unusable(path, "holds no certificate with an RSA private key", null) : new CertificateKeyEncryption(certificate);
    }

    private static StoreException Unusable(string path, string why, Exception? error) => new(StoreProblem.KeyLost,
        $"The certificate file '{path}' of Store:KeyEncryption {why}.",
        "Set Store:KeyEncryption:Path to the PFX or PEM file with the certificate that encrypts the key file, and PasswordFile to its password.", error);
}
