using System.Text.Json.Nodes;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Migration;

/// <summary>An invitation on the seed <c>migration</c> with the real executable, from the plan to the undo.</summary>
public sealed class InviteProcessTests
{
    private const string Group = "5a17b0c5-0000-4000-8000-000000000010";

    [Test]
    public async Task A_department_is_invited_proved_and_taken_back()
    {
        using Shell shell = new(TimeProvider.System) { Actor = "lee@here", UsesExecutable = true };
        shell.Configure(new JsonObject
        {
            ["DefaultTenant"] = "m",
            ["Tenants"] = new JsonObject
            {
                ["m"] = new JsonObject
                {
                    ["Kind"] = "Sandbox", ["Seed"] = "migration", ["State"] = shell.At("state.json"),
                    ["Migration"] = new JsonObject { ["InviteGroup"] = Group },
                },
            },
        });
        string[] invite = ["migrate", "invite", "--department", "Sales", "--limit", "6", "--out", "@plan.json", "--format", "json"];

        Answer plan = await shell.RunAsync([.. invite, "--new-store"]);
        Answer applied = await ApplyAsync(shell);
        Answer second = await shell.RunAsync(invite);
        Answer proved = await shell.RunAsync("migrate", "prove", "--out", "@people.csv", "--format", "json");
        Answer undo = await shell.RunAsync("migrate", "undo", applied.Text("runId") ?? "", "--out", "@plan.json", "--format", "json");
        Answer undone = await ApplyAsync(shell);
        Answer after = await shell.RunAsync("migrate", "prove", "--format", "json");

        Assert.That((plan.Exit, Operations(plan)), Is.EqualTo((0, 6)), $"{plan}");
        Assert.That((applied.Exit, Operations(second)), Is.EqualTo((0, 0)), $"{applied}");
        Assert.That((Invited(proved), Invited(after)), Is.EqualTo((9, 3)), "three people are in the group from the beginning");
        Assert.That((Operations(undo), undone.Exit), Is.EqualTo((6, 0)), $"{undone}");
    }

    /// <summary>A second person approves what was saved; then it is applied.</summary>
    private static async Task<Answer> ApplyAsync(Shell shell)
    {
        shell.UsesExecutable = false;
        Answer approved = await shell.RunAsync("approve", "@plan.json", "--reason", "reviewed");
        shell.UsesExecutable = true;
        Assert.That(approved.Exit, Is.Zero, $"{approved}");
        return await shell.RunAsync("apply", "@plan.json", "--yes", "--format", "json");
    }

    private static int Operations(Answer plan) => plan.Document.GetProperty("summary").GetProperty("operations").EnumerateObject()
        .Sum(static count => count.Value.GetInt32());

    private static int Invited(Answer proved) => proved.Document.GetProperty("invited").GetInt32();
}
