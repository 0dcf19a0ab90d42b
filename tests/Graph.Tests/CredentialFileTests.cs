using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Graph.Credentials;
using ProvisioningConnector.Graph.Settings;
using ProvisioningConnector.Graph.Tests.Support;

namespace ProvisioningConnector.Graph.Tests;

/// <summary>Files that a credential needs: path, what is wrong and the remedy, before anything is sent.</summary>
public class CredentialFileTests
{
    private const string Tenant = "aaaaaaaa-0000-0000-0000-000000000001";
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly GraphTenantOptions Cloud = new() { TenantId = Tenant };
    private string _path = "";

    [SetUp]
    public void Place() => _path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():N}.file");

    [TearDown]
    public void Clear()
    {
        if (Directory.Exists(_path)) Directory.Delete(_path);
        else File.Delete(_path);
    }

    [TestCase("pfx", null)]
    [TestCase("pfx", "word")]
    [TestCase("pem", null)]
    [TestCase("encrypted", "word")]
    public void A_certificate_is_recognised_by_its_content(string form, string? password)
    {
        Write(form, password);
        Assert.That(Load(password), Is.Not.Null);
    }

    [TestCase("missing", null, "does not exist")]
    [TestCase("folder", null, "is a folder")]
    [TestCase("empty", null, "is empty")]
    [TestCase("noise", null, "holds no certificate that can be read")]
    [TestCase("pfx", "other", "cannot be opened with this password")]
    [TestCase("pfx", null, "is protected by a password, and none is set")]
    [TestCase("encrypted", null, "protected by a password, and none is set")]
    [TestCase("encrypted", "other", "cannot be opened with this password")]
    [TestCase("publicPem", null, "without its private key")]
    [TestCase("publicDer", null, "without its private key")]
    [TestCase("keyOnly", null, "holds no certificate")]
    [TestCase("expired", null, "expired on 2025-12-30")]
    [TestCase("early", null, "is valid only from 2026-01-03")]
    [TestCase("ecdsa", null, "not RSA")]
    public void A_certificate_file_that_cannot_be_used_says_path_reason_and_remedy(string form, string? password, string reason)
    {
        Write(form, "word");
        TenantException? thrown = Assert.Throws<TenantException>(() => Load(password));
        Assert.That(thrown!.Error.Message, Does.Contain(_path).And.Contain(reason).And.Not.Contain("\n"));
        Assert.That(thrown.Error.Advice, Is.Not.Empty);
    }

    private Azure.Core.TokenCredential Load(string? password)
    {
        TestTime time = new();
        return GraphCredentials.Create(new CredentialSettings { Kind = CredentialKind.Certificate, ClientId = Tenant, Path = _path, Password = password },
            Cloud, null, time);
    }

    private void Write(string form, string? password)
    {
        if (form == "missing") return;
        if (form == "folder")
        {
            Directory.CreateDirectory(_path);
            return;
        }

        using RSA rsa = RSA.Create(2048);
        using ECDsa curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = form == "ecdsa"
            ? new("CN=app", curve, HashAlgorithmName.SHA256) : new("CN=app", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 certificate = request.CreateSelfSigned(Now.AddDays(form == "early" ? 2 : -9), Now.AddDays(form == "expired" ? -2 : 9));
        string pem = certificate.ExportCertificatePem();
        switch (form)
        {
            case "pfx":
                File.WriteAllBytes(_path, certificate.Export(X509ContentType.Pkcs12, password));
                break;
            case "publicDer":
                File.WriteAllBytes(_path, certificate.Export(X509ContentType.Cert));
                break;
            default:
                File.WriteAllText(_path, form switch
                {
                    "empty" => "",
                    "noise" => "hello",
                    "publicPem" => pem,
                    "keyOnly" => rsa.ExportPkcs8PrivateKeyPem(),
                    "ecdsa" => $"{pem}\n{curve.ExportPkcs8PrivateKeyPem()}",
                    "encrypted" => $"{pem}\n" + rsa.ExportEncryptedPkcs8PrivateKeyPem("word",
                        new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)),
                    _ => $"{pem}\n{rsa.ExportPkcs8PrivateKeyPem()}",
                });
                break;
        }
    }
}
