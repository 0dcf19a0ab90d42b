using System.Text.Json.Nodes;
using ProvisioningConnector.Scenarios.Tests.Commands;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.BadInput;

[Parallelizable(ParallelScope.All)]
public sealed class CommandLineTests
{
    [TestCase("plna people.csv")]
    [TestCase("audit verfy")]
    [TestCase("help plna")]
    [TestCase("plna --help")]
    [TestCase("completion zhs")]
    [TestCase("plan --xy")]
    [TestCase("plan people.csv more.csv")]
    [TestCase("plan")]
    [TestCase("plan people.csv --out")]
    [TestCase("plan people.csv --limit 3")]
    [TestCase("plan people.csv --format xml")]
    [TestCase("plan people.csv --progress loud")]
    [TestCase("apply people.csv --limit 0")]
    [TestCase("apply people.csv --canary -1")]
    [TestCase("apply people.csv --canary many")]
    [TestCase("show")]
    [TestCase("explain ada@contoso.com")]
    [TestCase("export --reveal")]
    public async Task A_wrong_command_line_says_what_is_wrong_and_where_help_is(string line)
    {
        using Shell shell = new();

        Answer answer = await shell.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.That(answer.Exit, Is.EqualTo(1), $"{answer}");
        Assert.That(answer.Output, Is.Empty);
        Assert.That(answer.Error, Does.StartWith("error: ").And.Contain("--help").And.Not.Contain("ProvisioningConnector."));
    }

    [TestCase("plna people.csv", "'plan'")]
    [TestCase("audit verfy", "'verify'")]
    [TestCase("help audti", "'audit'")]
    [TestCase("plan people.csv --reprot x.html", "'--report'")]
    [TestCase("plan --revael", "'--reveal'", Description = "A misspelt option is never the name of a file.")]
    public async Task What_was_probably_meant_is_proposed(string line, string meant)
    {
        using Shell shell = new();

        Answer answer = await shell.RunAsync(line.Split(' '));

        Assert.That(answer.Error, Does.Contain($"Did you mean {meant}?"));
    }

    [Test]
    public async Task After_two_hyphens_a_file_may_be_called_like_an_option()
    {
        using Shell shell = new();

        Answer answer = await shell.RunAsync("plan", "--format", "json", "--", "--xy");

        Assert.That(answer.Text("code"), Is.EqualTo("sourceMissing"), $"{answer}");
    }

    [TestCase("set-phone dan@contoso.com +1 2065550177:mobile")]
    [TestCase("set-phone dan@contoso.com -2065550177:mobile more")]
    [TestCase("remove-phone dan@contoso.com 2065550177")]
    [TestCase("help 2065550177")]
    [TestCase("apply people.csv --limit 2065550177:x")]
    [TestCase("plan people.csv --number2065550177")]
    public async Task A_number_in_the_wrong_place_is_not_repeated(string line)
    {
        using Shell shell = new();

        Answer answer = await shell.RunAsync(line.Split(' '));

        Assert.That(answer.Exit, Is.EqualTo(1));
        Assert.That(answer.All, Does.Not.Contain("2065550177"));
    }

    [TestCase("")]
    [TestCase("help")]
    [TestCase("--help")]
    [TestCase("audit")]
    [TestCase("keys --help")]
    [TestCase("help plan")]
    [TestCase("plan --help")]
    [TestCase("completion bash")]
    public async Task Help_is_a_result(string line)
    {
        using Shell shell = new();

        Answer answer = await shell.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.That((answer.Exit, answer.Error), Is.EqualTo((0, "")));
        Assert.That(answer.Output, Does.Contain("provision "));
    }

    [Test]
    public async Task The_version_is_a_line_or_a_document()
    {
        using Shell shell = new();

        Answer line = await shell.RunAsync("version"), document = await shell.RunAsync("version", "--format", "json");

        Assert.That(line.Output, Does.StartWith($"provision {document.Text("version")}"));
        Assert.That(document.Text("kind"), Is.EqualTo("version"));
    }

    [Test]
    public async Task With_json_a_wrong_command_line_is_a_document()
    {
        using Shell shell = new();

        Answer answer = await shell.RunAsync("plan", "--format", "json");

        Assert.That((answer.Exit, answer.Text("code")), Is.EqualTo((1, "usage")));
    }

    [TestCase("deltes=3", "deletes")]
    [TestCase("deletes", "number")]
    [TestCase("deletes=many", "number")]
    [TestCase("deletes=-1", "number")]
    [TestCase("protected=*", "one user")]
    [TestCase("protected", "one user")]
    public async Task A_wrong_allowance_is_refused_before_anything_is_read(string allow, string reported)
    {
        await using Stage stage = await Crew.StageAsync(1);

        Answer answer = await stage.RunAsync("plan", "@people.csv", "--allow", allow);

        Assert.That(answer.Exit, Is.EqualTo(1), $"{answer}");
        Assert.That(answer.Error, Does.Contain(reported));
    }

    [Test]
    public async Task An_unknown_tenant_is_reported_with_the_nearest_name()
    {
        await using Stage stage = await Crew.StageAsync(1);

        Answer answer = await stage.RunAsync("plan", "@people.csv", "--tenant", "contoos", "--format", "json");

        Assert.That((answer.Exit, answer.Text("code")), Is.EqualTo((1, "unknownTenant")));
        Assert.That(answer.Text("advice"), Does.Contain("'contoso'"));
    }

    [Test]
    public async Task Where_several_tenants_are_configured_one_must_be_chosen()
    {
        using Shell shell = new();
        shell.Configure(new JsonObject
        {
            ["Tenants"] = new JsonObject
            {
                ["a"] = new JsonObject { ["Kind"] = "Sandbox" },
                ["b"] = new JsonObject { ["Kind"] = "Sandbox" }
            }
        });

        Answer answer = await shell.RunAsync("runs", "--format", "json");

        Assert.That((answer.Exit, answer.Text("code")), Is.EqualTo((1, "tenantNeeded")));
        Assert.That(answer.Text("advice"), Does.Contain("a, b"));
    }
}
