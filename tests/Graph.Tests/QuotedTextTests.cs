using ProvisioningConnector.Graph.Answers;

namespace ProvisioningConnector.Graph.Tests;

/// <summary>What another program wrote is quoted without numbers of people, and with what a failure is looked up by.</summary>
public class QuotedTextTests
{
    [TestCase("AADSTS7000222: expired")]
    [TestCase("id 2f8c1f6a-1111-4222-8333-444455556666 and 11111111-1111-1111-1111-111111111111")]
    [TestCase("at 2026-11-29 20:00:00Z and 2026-11-29T20:00:00.123Z")]
    [TestCase("Connection refused (127.0.0.1:50123)")]
    [TestCase("Connection refused (login.contoso.com:50123)")]
    [TestCase("proxy 'http://localhost:31280/' failed")]
    [TestCase("localhost:50123: refused")]
    public void Codes_ids_times_and_ports_stay(string text) => Assert.That(QuotedText.Quote(text), Is.EqualTo(text));

    [TestCase("+1 206 555 0150")]
    [TestCase("12065550150")]
    [TestCase("phone:12065550150")]
    [TestCase("phone:20655 50150")]
    [TestCase("206.555.01:50123")]
    [TestCase("contoso.com:2065 550150")]
    [TestCase("contoso.com:2065 (55) 0150")]
    [TestCase("1234567-1111-1111-1111-111111111111")]
    [TestCase("12345-12-12 20:00")]
    public void Whatever_may_be_a_number_is_masked(string text)
    {
        string quoted = QuotedText.Quote(text);
        Assert.That(quoted, Does.Contain("•••"));
        Assert.That(quoted.Count(char.IsAsciiDigit), Is.LessThan(5));
    }
}
