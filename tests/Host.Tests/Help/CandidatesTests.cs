using ProvisioningConnector.Host.Cli.Commands;

namespace ProvisioningConnector.Host.Tests.Help;

/// <summary>What a shell offers for a word.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class CandidatesTests
{
    private string _folder = "";

    [OneTimeSetUp]
    public void Configure()
    {
        _folder = Directory.CreateTempSubdirectory("provision-words-").FullName;
        File.WriteAllText(Settings, """
            { "DefaultTenant": "contoso", "Tenants": { "contoso": { "Kind": "Sandbox" }, "fabrikam": { "Kind": "Sandbox" } },
              "Sources": { "people": { "Path": "people.csv" }, "staff": { "Path": "staff.csv" } } }
            """);
    }

    [OneTimeTearDown]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [TestCase("pl", "plan")]
    [TestCase("plan", "plan")]
    [TestCase("audit |", "verify export compare")]
    [TestCase("keys re", "revoke")]
    [TestCase("plan --ten", "--tenant")]
    [TestCase("plan --format |", "text json markdown html")]
    [TestCase("plan x.csv --format j", "json")]
    [TestCase("apply --progress |", "auto plain json none")]
    [TestCase("plan --input x", "xlsx")]
    [TestCase("remove-phone ada@contoso.com |", "mobile alternateMobile office")]
    [TestCase("sms-sign-in ada@contoso.com |", "on off")]
    [TestCase("readiness --as-of |", "report live")]
    [TestCase("completion |", "bash zsh fish pwsh")]
    [TestCase("plan --config {} --tenant |", "contoso fabrikam")]
    [TestCase("plan --tenant f", "", Description = "without a configuration that can be read there are no names")]
    [TestCase("plan --config {} |", "people staff")]
    [TestCase("explain ada --config {} --source s", "staff")]
    [TestCase("plan --config {} no", "")]
    [TestCase("plan @", "")]
    [TestCase("comp", "completion", Description = "what only shells call is not offered")]
    [TestCase("--he", "--help")]
    public async Task Words_are_offered(string line, string expected)
    {
        string[] words = [.. line.Split(' ').Select(word => word == "{}" ? Settings : word == "|" ? "" : word)];
        Grammar grammar = new();

        IEnumerable<string> offered = await new Candidates(grammar.Root, grammar.Line).OfAsync(words, CancellationToken.None);

        Assert.That(offered, Is.EquivalentTo(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }

    private string Settings => Path.Combine(_folder, "settings.json");
}
