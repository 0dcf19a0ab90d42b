using ProvisioningConnector.Composition.Configuration;

namespace ProvisioningConnector.Composition.Tests.Configuration;

/// <summary>Which issuers of tokens can be configured.</summary>
public sealed class IssuerSettingsTests
{
    private const string Rest = """ "Audience": "a", "Roles": { "R": { "Tenants": "one", "Rights": "read" } } """;
    private const string Found = $$""" "Authority": "https://a.example", {{Rest}} """;
    private const string Named = $$""" "Issuer": "https://b.example", "Keys": "https://b.example/keys", {{Rest}} """;

    [Test]
    public void An_issuer_is_found_by_its_authority_or_has_name_and_keys()
    {
        FacadeSettings one = Read($$""" "Jwt": { {{Found}} } """).Facade;
        FacadeSettings two = Read($$""" "Jwt": { {{Named}} }, "Issuers": { "x": { {{Found}} } } """).Facade;

        Assert.That(one.Issuers.Select(i => (i.Name, i.Issuer, i.Authority)), Is.EqualTo(new[] { ("", "https://a.example", "https://a.example") }));
        Assert.That(two.Issuers.Select(i => (i.Setting, i.Issuer, i.Authority)).Order(), Is.EqualTo(new[]
        {
            ("Facade:Issuers:x", "https://a.example", (string?)"https://a.example"), ("Facade:Jwt", "https://b.example", null),
        }));
    }

    [TestCase($$""" "Jwt": { {{Found}} }, "Issuers": { "y": { {{Found}} } } """, "Facade:Issuers:y:Issuer: 'https://a.example' is named twice")]
    [TestCase($$""" "Issuers": { "x": { {{Found}} }, "y": { "Issuer": "https://a.example/", "Keys": "k.json", {{Rest}} } } """, "is named twice")]
    [TestCase($$""" "Jwt": { "Keys": "k.json", {{Found}} } """, "Facade:Jwt:Keys: The keys come from the Authority")]
    [TestCase($$""" "Jwt": { "Authority": "http://issuer.example", {{Rest}} } """, "Facade:Jwt:Authority: 'http://issuer.example' is not valid")]
    [TestCase($$""" "Jwt": { {{Rest}} } """, "Facade:Jwt:Keys: To accept tokens, set Authority")]
    [TestCase($$""" "Jwt": { "Issuer": "i", "Keys": "http://issuer.example/keys", {{Rest}} } """, "Facade:Jwt:Keys: 'http://issuer.example/keys' is not valid")]
    public void What_is_no_safe_or_clear_issuer_is_an_error(string facade, string message) =>
        Assert.That(() => Read(facade), Throws.TypeOf<SettingsException>().With.Message.Contains(message));

    private static ConnectorSettings Read(string facade)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, $$"""{ "DefaultTenant": "one", "Tenants": { "one": { "Kind": "Sandbox" } }, "Facade": { {{facade}} } }""");
            return SettingsFile.Read(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
