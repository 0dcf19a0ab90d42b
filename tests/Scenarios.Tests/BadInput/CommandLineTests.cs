using System.Text.Json.Nodes;
using ProvisioningConnector.Scenarios.Tests.Commands;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.BadInput;

[Parallelizable(ParallelScope.All)]
public sealed class CommandLineTests
{
    [TestCase("")]
    [TestCase("plna people.csv")]
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
