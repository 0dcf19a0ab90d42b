using System.Text;
using ProvisioningConnector.Graph.Answers;

namespace ProvisioningConnector.Graph.Tests;

public class PageTitleTests
{
    [TestCase("<html><head><title>Blocked by policy</title></head>", "Blocked by policy")]
    [TestCase("\uFEFF<TITLE lang=\"en\">\r\n  Sign in \t to Wi-Fi </TITLE>", "Sign in to Wi-Fi")]
    [TestCase("<title>Caf&eacute; &amp; Bar</title>", "Café & Bar")]
    [TestCase("<title>unfinished<p>x", "unfinished")]
    [TestCase("<title>unfinished", "unfinished")]
    [TestCase("<title></title>", null)]
    [TestCase("<title> \u200B\u202E\u3164 </title>", null)]
    [TestCase("""{"id":"x"}""", null)]
    [TestCase("", null)]
    public void The_title_of_a_page_is_one_plain_line(string page, string? title) =>
        Assert.That(PageTitle.Find(Encoding.UTF8.GetBytes(page)), Is.EqualTo(title));

    [TestCase("<title>\u001B[31mred\u001B[0m \u202Eevil\u0000</title>")]
    [TestCase("<title>&lt;script&gt;alert(1)&lt;/script&gt; | `x` [a](http://b) \"q\"</title>")]
    [TestCase("<title>&#27;[2J&#8238;x</title>")]
    public void A_title_brings_no_markup_and_no_control_characters(string page)
    {
        string? title = PageTitle.Find(Encoding.UTF8.GetBytes(page));
        Assert.That(title, Is.Not.Empty);
        Assert.That(title, Does.Not.Match(@"[\p{C}<>`\[\]|""]"));
    }

    [TestCase("<title>Blocked: kim@contoso.com</title>", "kim")]
    [TestCase("<title>Blocked: +1 (206) 555-0100</title>", "555")]
    [TestCase("<title>Blocked: /users/kim%40contoso.com</title>", "kim")]
    [TestCase("<title>Blocked: +12\u200B06\u316455\u034F50\u00AD100</title>", "50")]
    public void A_title_holds_no_number_and_no_address(string page, string secret) =>
        Assert.That(PageTitle.Find(Encoding.UTF8.GetBytes(page)), Does.Contain("•••").And.Not.Contain(secret));

    [Test]
    public void A_long_title_is_shortened_and_one_in_UTF_16_is_read()
    {
        Assert.That(PageTitle.Find(Encoding.UTF8.GetBytes($"<title>{new string('x', 100_000)}")), Has.Length.LessThanOrEqualTo(81));
        Assert.That(PageTitle.Find([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("<title>Sign in</title>")]), Is.EqualTo("Sign in"));
    }
}
