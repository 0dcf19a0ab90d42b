using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Facade.Hosting;

/// <summary>The certificate for https.</summary>
internal static class ServerCertificate
{
    /// <exception cref="ProvisioningException">It cannot be read, or has no private key.</exception>
    public static X509Certificate2 Load(CertificateSettings settings)
    {
        try
        {
            X509Certificate2 certificate = settings.KeyPath is { } key
                ? settings.Password is { } word
                ? X509Certificate2.CreateFromEncryptedPemFile(settings.Path, word, key) : X509Certificate2.CreateFromPemFile(settings.Path, key)
                : X509CertificateLoader.LoadPkcs12FromFile(settings.Path, settings.Password);
            if (certificate.HasPrivateKey) return certificate;
            certificate.Dispose();
            throw new ProvisioningException("certificate", $"The certificate '{settings.Path}' has no private key.",
                "Name the key's file in Facade:Certificate:KeyPath.");
        }
        catch (Exception wrong) when (wrong is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new ProvisioningException("certificate", $"The certificate '{settings.Path}' cannot be read: {wrong.Message}",
                "Check Facade:Certificate: path, key and password.");
        }
    }
}
