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
}
