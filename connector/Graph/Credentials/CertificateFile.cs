using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Graph.Credentials;

/// <summary>Reads the certificate that an app proves itself with: PFX, or PEM with certificate
/// and private key. The content decides which, not the name.</summary>
internal static class CertificateFile
{
    private const int WrongPassword = unchecked((int)0x80070056);
    private const string Form = "Credential:Path needs a PFX file, or a PEM file with the certificate and its private key.";
    private const string Password = "Correct Credential:Password or PasswordFile.";

    /// <exception cref="TenantException">The file cannot be used; path, reason and remedy.</exception>
    public static X509Certificate2 Load(string path, string? password, TimeProvider time)
    {
        byte[] content = CredentialFile.Read(path, out string? problem);
        if (problem is not null) throw Unusable(path, problem, "Correct Credential:Path, or put the file there and let this program's account read it.");
        X509Certificate2 certificate = Parse(path, content, password);
        if (Fault(certificate, time.GetUtcNow()) is not var (why, advice)) return certificate;
        certificate.Dispose();
        throw Unusable(path, why, advice);
    }

    private static (string Why, string Advice)? Fault(X509Certificate2 certificate, DateTimeOffset now)
    {
        const string Renew = "Create a new certificate, upload its public part to the app registration and set Credential:Path to it.";
        if (!certificate.HasPrivateKey) return ("holds no private key", Form);
        using (RSA? key = certificate.GetRSAPrivateKey())
        {
            if (key is null) return ("holds a key that is not RSA, which Microsoft Entra ID does not accept", Renew);
        }

        if (new DateTimeOffset(certificate.NotAfter) <= now) return ($"holds a certificate that expired on {Day(certificate.NotAfter)}", Renew);
        return new DateTimeOffset(certificate.NotBefore) > now
            ? ($"holds a certificate that is valid only from {Day(certificate.NotBefore)}",
                "Use a certificate that is valid now, or correct the clock of this machine.")
            : null;
    }

    private static X509Certificate2 Parse(string path, byte[] content, string? password)
    {
        try
        {
            string text = Encoding.UTF8.GetString(content);
            if (text.Contains("-----BEGIN ", StringComparison.Ordinal)) return Pem(path, text, password);
            if (X509Certificate2.GetCertContentType(content) == X509ContentType.Cert) throw Unusable(path, "holds a certificate without its private key", Form);
            return X509CertificateLoader.LoadPkcs12(content, password);
        }
        catch (CryptographicException e) when (e.HResult == WrongPassword)
        {
            throw Unusable(path, password is null ? "is protected by a password, and none is set" : "cannot be opened with this password", Password, e);
        }
        catch (CryptographicException e)
        {
            throw Unusable(path, "holds no certificate that can be read, or is damaged", Form, e);
        }
    }

    private static X509Certificate2 Pem(string path, string text, string? password)
    {
        if (!text.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal)) throw Unusable(path, "holds no certificate", Form);
        if (!text.Contains("PRIVATE KEY-----", StringComparison.Ordinal)) throw Unusable(path, "holds a certificate without its private key", Form);
        if (!text.Contains("-----BEGIN ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal)) return X509Certificate2.CreateFromPem(text, text);
        if (password is null) throw Unusable(path, "holds a private key that is protected by a password, and none is set", Password);
        try
        {
            return X509Certificate2.CreateFromEncryptedPem(text, text, password);
        }
        catch (CryptographicException e)
        {
            throw Unusable(path, "holds a private key that cannot be opened with this password", Password, e);
        }
    }

    private static string Day(DateTime moment) => moment.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static TenantException Unusable(string path, string why, string advice, Exception? inner = null)
    {
        ServiceError error = new(ErrorKind.Unauthenticated, "PP104", $"The certificate file '{path}' {why}. Nothing was sent.", advice);
        return inner is null ? new TenantException(error) : new TenantException(error, inner);
    }
}
