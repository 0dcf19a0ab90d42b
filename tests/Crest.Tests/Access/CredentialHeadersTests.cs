using System.Text;
using ProvisioningConnector.Crest.Access;
using ProvisioningConnector.Crest.Errors;

namespace ProvisioningConnector.Crest.Tests.Access;

/// <summary>Credentials (docs/openidm.md#authentication-headers).</summary>
public sealed class CredentialHeadersTests
{
    [TestCase(null, null, null, "None")]
    [TestCase("ada", "secret", null, "Password ada secret")]
    [TestCase("utf-8''%C3%A9va", "UTF-8'en'%e2%82%ac+%27", null, "Password éva €+'")]
    [TestCase("iso-8859-1''%E9va", "x", null, "Password éva x")]
    [TestCase("ada", "utf-8'plain", null, "Password ada utf-8'plain")]
    [TestCase("ada", "secret", "Bearer t", "Password ada secret")]
    [TestCase("ada", null, null, null)]
    [TestCase(null, "secret", null, null)]
    [TestCase("ada", null, "Bearer t", null)]
    [TestCase("ada", "", null, null)]
    [TestCase("", "secret", null, null)]
    [TestCase("utf-8''%C3", "secret", null, null)]
    [TestCase("ada", "utf-8''%zz", null, null)]
    [TestCase("ada", "utf-8''%4", null, null)]
    [TestCase("ada", "utf-8''a b", null, null)]
    [TestCase("utf-8''a%0Ab", "secret", null, null)]
    [TestCase(null, null, "Bearer abc.def-_~+/=", "Bearer abc.def-_~+/=")]
    [TestCase(null, null, "bEARER   abc", "Bearer abc")]
    [TestCase(null, null, "Bearer", null)]
    [TestCase(null, null, "Bearer ", null)]
    [TestCase(null, null, "Bearer a b", null)]
    [TestCase(null, null, "Bearer a,Bearer b", null)]
    [TestCase(null, null, "Bearer ==", null)]
    [TestCase(null, null, "Basic @ada:secret", "Password ada secret")]
    [TestCase(null, null, "BASIC @ada:se:cr:et", "Password ada se:cr:et")]
    [TestCase(null, null, "Basic @éva:pässwörd€", "Password éva pässwörd€")]
    [TestCase(null, null, "Basic @ada", null)]
    [TestCase(null, null, "Basic @:secret", null)]
    [TestCase(null, null, "Basic @ada:", null)]
    [TestCase(null, null, "Basic @a\nb:x", null)]
    [TestCase(null, null, "Basic !!!", null)]
    [TestCase(null, null, "Basic ", null)]
    [TestCase(null, null, "Basic /w==", null)]
    [TestCase(null, null, "Digest x=y", null)]
    [TestCase(null, null, "", null)]
    public void A_credential_is_read_or_refused_without_a_word_about_it(string? user, string? password, string? authorization, string? expected)
    {
        int plain = authorization?.IndexOf('@', StringComparison.Ordinal) ?? -1;
        string? header = plain < 0 ? authorization : authorization?[..plain] + Convert.ToBase64String(Encoding.UTF8.GetBytes(authorization![(plain + 1)..]));

        Parsed<PresentedCredential> read = new CredentialHeaders(user, password, header).Read();

        Assert.That(read.Succeeded(out PresentedCredential? credential, out CrestError? error) ? Text(credential) : null, Is.EqualTo(expected));
        if (expected is null) Assert.That(error, Is.EqualTo(new CrestError(CrestStatus.Unauthorized, "Access Denied")));
    }

    [Test]
    public void Nothing_prints_a_secret()
    {
        object[] holders = [new PresentedCredential.Password("ada", "secret"), new PresentedCredential.Bearer("secret"),
            new CredentialHeaders("ada", "secret", "Bearer secret")];

        Assert.That(holders.Select(h => $"{h}"), Has.None.Contains("secret").And.None.Contains("ada"));
    }

    [Test]
    public void A_header_of_a_megabyte_is_refused()
    {
        string huge = new('a', 1 << 20);

        Assert.That(new CredentialHeaders(null, null, $"Bearer {huge}").Read().Error?.Code, Is.EqualTo(401));
        Assert.That(new CredentialHeaders(huge, huge, null).Read().Error?.Code, Is.EqualTo(401));
    }

    private static string Text(PresentedCredential credential) => credential switch
    {
        PresentedCredential.None => "None",
        PresentedCredential.Password password => $"Password {password.User} {password.Secret}",
        PresentedCredential.Bearer bearer => $"Bearer {bearer.Token}",
        _ => "?",
    };
}
