using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Readiness;

/// <summary>The page of <c>readiness</c>, and its lists of recipients.</summary>
[Parallelizable(ParallelScope.All)]
public sealed partial class ReadinessPageTests
{
    [Test]
    public async Task The_page_lists_everybody_without_a_number_and_runs_its_own_script_only()
    {
        await using Stage stage = await Tenants.StageAsync();
        stage.Sandbox.Tenant.Add(new Sandbox.Seed.SeedUser
        {
            UserPrincipalName = "mallory@contoso.com", DisplayName = "</script><script>alert(1)</script>",
            Personal = new Sandbox.Model.PersonalFacts { Department = "<img src=x onerror=alert(1)>" },
        });

        Answer answer = await stage.RunAsync("readiness", "--as-of", "live", "--report", "@page.html");

        Assert.That(answer.Exit, Is.EqualTo(4), $"{answer}");
        string page = File.ReadAllText(stage.Shell.At("page.html"));
        Assert.That(page, Does.Contain("62 days left").And.Contain("keep until 2027-05-02"));
        Assert.That(page, Does.Not.Contain("<script>alert").And.Not.Contain("<img").And.Not.Contain("20655501").And.Not.Contain("206 555"));
        foreach (string name in Tenants.Bands.Keys) Assert.That(page, Does.Contain($"\"{name}@").Or.Contain($"\"{name}_"), name);
        string[] scripts = [.. Script().Matches(page).Select(m => m.Groups[1].Value)];
        Assert.That(scripts, Has.Length.EqualTo(1));
        Assert.That(page, Does.Contain($"script-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(scripts[0])))}'"));
        Assert.That(page, Does.Not.Match("<[a-z][^<>]*\\s(style|on[a-z]+)="), "the page's policy lets no style or handler of an element run");
    }

    [Test]
    public async Task Lists_of_recipients_hold_addresses_dates_and_what_to_do_and_nothing_else()
    {
        await using Stage stage = await Stage.OpenAsync("""
            { "users": [
              { "userPrincipalName": "a@contoso.com", "mail": "a@contoso.com", "phones": { "mobile": "+1 2065550101" },
                "personal": { "givenName": "Ann", "preferredLanguage": "de-DE" } },
              { "userPrincipalName": "b@contoso.com", "mail": "=b@contoso.com", "phones": { "mobile": "+1 2065550102" },
                "personal": { "preferredLanguage": "../../x" } },
              { "userPrincipalName": "c@contoso.com", "mail": "c@contoso.com", "phones": { "mobile": "+1 2065550103" }, "accountEnabled": false },
              { "userPrincipalName": "d@contoso.com", "phones": { "mobile": "+1 2065550104" } },
              { "userPrincipalName": "e@contoso.com", "mail": "e@contoso.com", "methods": [ { "kind": "fido2" } ] } ] }
            """);

        Answer answer = await stage.RunAsync("readiness", "--comms", "@comms");

        Assert.That(answer.Error, Does.Contain("2 people in 2 languages").And.Contain("1 have no address"));
        Assert.That(Directory.EnumerateFiles(stage.Shell.At("comms")).Select(Path.GetFileName), Is.EquivalentTo(new[] { "de-DE.csv", "other.csv" }));
        Assert.That(File.ReadAllLines(stage.Shell.At("comms/de-DE.csv")),
            Is.EqualTo(new[] { "mail,firstName,date,whatToDo", "a@contoso.com,Ann,2027-02-01,Register a passkey or Microsoft Authenticator" }));
        Assert.That(File.ReadAllLines(stage.Shell.At("comms/other.csv"))[1], Does.StartWith("'=b@contoso.com,"));
    }

    [GeneratedRegex("<script>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Script();
}
