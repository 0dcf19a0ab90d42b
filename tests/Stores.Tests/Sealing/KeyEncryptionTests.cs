using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Keys;
using ProvisioningConnector.Stores.Tests.Sqlite;

namespace ProvisioningConnector.Stores.Tests.Sealing;

/// <summary>A key file that is encrypted opens only with what encrypts it (docs/configuration.md#store).</summary>
public sealed class KeyEncryptionTests
{
    private static readonly SecretKeyEncryption Secret = new("0123456789abcdef0123456789abcdef");
    private static readonly SecretKeyEncryption Other = new("fedcba9876543210fedcba9876543210");

    private readonly Scratch _scratch = new();

    [OneTimeTearDown]
    public void Remove() => _scratch.Dispose();

    [Test]
    public void Without_encryption_a_file_is_as_it_always_was()
    {
        string path = _scratch.PathOf("clear");
        byte[] key = new KeyFile(path).FindOrMake("seal", DateTimeOffset.UnixEpoch);

        Assert.That(File.ReadAllText(path), Does.Contain("\"version\": 1").And.Contain(Convert.ToBase64String(key)).And.Not.Contain("encryptedBy"));
    }

    [TestCaseSource(nameof(Encryptions))]
    public void An_encrypted_file_shows_no_key_and_opens_with_its_encryption(IKeyEncryption encryption)
    {
        string path = _scratch.PathOf("encrypted " + encryption.Id[..6]);
        byte[] key = new KeyFile(path, encryption).FindOrMake("seal", DateTimeOffset.UnixEpoch);

        Assert.That(new KeyFile(path, encryption).Find("seal"), Is.EqualTo(key));
        Assert.That(File.ReadAllText(path), Does.Contain(encryption.Id).And.Not.Contain("seal").And.Not.Contain(Convert.ToBase64String(key)));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void With_nothing_or_with_another_secret_it_is_an_error_that_names_the_right_one(bool hasOther)
    {
        string path = _scratch.PathOf($"other {hasOther}");
        new KeyFile(path, Secret).FindOrMake("seal", DateTimeOffset.UnixEpoch);

        StoreException error = Assert.Throws<StoreException>(() => new KeyFile(path, hasOther ? Other : null).Find("seal"))!;

        Assert.That(error.Message, Does.Contain(Secret.Id));
        Assert.That(error.Problem, Is.EqualTo(StoreProblem.KeyLost));
    }

    [Test]
    public void A_changed_file_is_an_error_and_stays_as_it_is()
    {
        string path = _scratch.PathOf("changed");
        new KeyFile(path, Secret).FindOrMake("seal", DateTimeOffset.UnixEpoch);
        string text = File.ReadAllText(path);
        int at = text.IndexOf("\"content\": \"", StringComparison.Ordinal) + 40;
        string changed = text[..at] + (text[at] == 'A' ? 'B' : 'A') + text[(at + 1)..];
        File.WriteAllText(path, changed);

        Assert.That(() => new KeyFile(path, Secret).FindOrMake("another", DateTimeOffset.UnixEpoch), Throws.InstanceOf<StoreException>());
        Assert.That(File.ReadAllText(path), Is.EqualTo(changed));
    }

    [Test]
    public async Task A_store_in_clear_is_encrypted_by_rekey_and_the_secret_can_be_changed()
    {
        string database = _scratch.PathOf("store.db");
        RunStoreOptions clear = new() { KeyFile = _scratch.PathOf("store.key") };
        await using (SqliteRunStore store = await OpenAsync(database, clear)) await store.WriteNoteAsync("a", "kept", default);
        RunStoreOptions first = clear with { KeyEncryption = Secret };
        await using (SqliteRunStore store = await OpenAsync(database, first)) await store.RekeyAsync(default);
        Assert.That(File.ReadAllText(_scratch.PathOf("store.key")), Does.Contain(Secret.Id));
        RunStoreOptions second = clear with { KeyEncryption = Other, PreviousKeyEncryption = Secret };
        await using (SqliteRunStore store = await OpenAsync(database, second)) await store.RekeyAsync(default);

        await using SqliteRunStore last = await OpenAsync(database, clear with { KeyEncryption = Other });
        Assert.That(await last.ReadNoteAsync("a", default), Is.EqualTo("kept"));
    }

    [TestCase(null)]
    [TestCase("password")]
    public void A_certificate_is_read_from_PFX_and_PEM(string? password)
    {
        using X509Certificate2 certificate = Certificate();
        string pfx = _scratch.PathOf($"{password}.pfx"), pem = _scratch.PathOf($"{password}.pem");
        File.WriteAllBytes(pfx, certificate.Export(X509ContentType.Pfx, password));
        using RSA key = certificate.GetRSAPrivateKey()!;
        string secret = password is null ? key.ExportPkcs8PrivateKeyPem()
            : key.ExportEncryptedPkcs8PrivateKeyPem(password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
        File.WriteAllText(pem, certificate.ExportCertificatePem() + "\n" + secret);
        string path = _scratch.PathOf($"by certificate {password}");
        byte[] made = new KeyFile(path, CertificateKeyEncryption.Load(pfx, password)).FindOrMake("seal", DateTimeOffset.UnixEpoch);

        Assert.That(new KeyFile(path, CertificateKeyEncryption.Load(pem, password)).Find("seal"), Is.EqualTo(made));
        Assert.That(() => CertificateKeyEncryption.Load(pfx, "wrong"), Throws.InstanceOf<StoreException>().With.Message.Contains(pfx));
    }

    private static IEnumerable<IKeyEncryption> Encryptions() => [Secret, new CertificateKeyEncryption(Certificate())];

    private static X509Certificate2 Certificate()
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(10));
    }

    private static ValueTask<SqliteRunStore> OpenAsync(string path, RunStoreOptions options) => SqliteRunStore.OpenAsync(path, TimeProvider.System, options);
}
