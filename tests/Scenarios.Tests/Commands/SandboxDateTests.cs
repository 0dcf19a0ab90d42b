using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Commands;

/// <summary>A sandbox on another day: everything that is written about it is dated by that day, so that what follows from dates agrees.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SandboxDateTests
{
    [TestCase("2027-02-20")]
    [TestCase("2020-02-20")]
    public async Task What_was_just_written_can_be_undone_on_any_day(string day)
    {
        using Shell shell = new();
        shell.Configure(new JsonObject
        {
            ["DefaultTenant"] = "rehearsal",
            ["Tenants"] = new JsonObject
            {
                ["rehearsal"] = new JsonObject { ["Kind"] = "Sandbox", ["Date"] = day, ["State"] = shell.At("state.json") },
            },
        });
        shell.Write("people.csv", "user,mobile\nben@contoso.com,+1 2065550151\n");

        Answer applied = await shell.RunAsync("apply", "@people.csv", "--yes", "--format", "json");
        Answer undo = await shell.RunAsync("undo", applied.Text("runId"), "--format", "json");

        Assert.That(applied.Exit, Is.Zero, $"{applied}");
        foreach (JsonElement operation in applied.Document.GetProperty("users")[0].GetProperty("operations").EnumerateArray())
        {
            Assert.That(operation.ToString(), Does.Contain($"\"sentAt\":\"{day}T").And.Contain($"\"verifiedAt\":\"{day}T"));
        }

        Assert.That(undo.Document.GetProperty("summary").GetProperty("changed").GetInt64(), Is.EqualTo(1), $"{undo}");
    }

    [Test]
    public async Task Runs_of_readiness_are_named_by_that_day_and_old_runs_count_from_it()
    {
        using Shell shell = new();
        shell.Configure(new JsonObject
        {
            ["DefaultTenant"] = "rehearsal",
            ["Tenants"] = new JsonObject
            {
                ["rehearsal"] = new JsonObject { ["Kind"] = "Sandbox", ["Date"] = "2020-02-20", ["State"] = shell.At("state.json") },
            },
        });
        shell.Write("people.csv", "user,mobile\nben@contoso.com,+1 2065550151\n");
        await shell.RunAsync("apply", "@people.csv", "--yes");

        Answer readiness = await shell.RunAsync("readiness", "--format", "json");
        Answer pruned = await shell.RunAsync("runs", "prune", "--yes", "--format", "json");
        Answer compared = await shell.RunAsync("audit", "compare", "--delay", "00:00:00", "--format", "json");

        Assert.That(readiness.Document.GetProperty("tenants")[0].GetProperty("runId").GetString(), Does.StartWith("a20200220"));
        Assert.That(pruned.Document.GetProperty("runs").GetInt64(), Is.Zero, $"{pruned}");
        Assert.That(pruned.Document.GetProperty("before").GetDateTimeOffset(), Is.LessThan(new DateTimeOffset(2020, 2, 20, 0, 0, 0, TimeSpan.Zero)));
        Assert.That(compared.Document.GetProperty("until").GetString(), Does.StartWith("2020-02-2"), $"{compared}");
    }
}
