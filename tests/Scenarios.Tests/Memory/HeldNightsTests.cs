using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Memory;

/// <summary>What is held night after night, through commands and the store (docs/design.md#held-for-nights).</summary>
[Parallelizable(ParallelScope.All)]
public sealed class HeldNightsTests
{
    private const string Kim = "kim@contoso.com";

    [TestCase(null, 7)]
    [TestCase("2", 2)]
    [TestCase("none", null)]
    public async Task A_leavers_last_phone_that_stays_is_a_finding_after_some_nights(string? nights, int? most)
    {
        await using Stage stage = await StageAsync(nights);

        for (int night = 0; night < 9; night++)
        {
            Answer run = await stage.RunAsync("apply", "@people.csv", "--yes", "--format", "json");

            JsonElement held = run.Document.GetProperty("users")[0].GetProperty("held")[0];
            bool isFinding = night >= most;
            Assert.That((run.Exit, held.GetProperty("standing").GetBoolean()), Is.EqualTo((isFinding ? 4 : 0, !isFinding)), $"night {night}: {run}");
            Assert.That(held.TryGetProperty("heldFor", out JsonElement count) ? count.GetInt32() : (int?)null, Is.EqualTo(isFinding ? night : null));
            stage.Time.Jump(TimeSpan.FromHours(24));
        }
    }

    [Test]
    public async Task A_saved_plan_its_run_and_every_form_of_the_report_say_for_how_long()
    {
        await using Stage stage = await StageAsync("1");
        await stage.RunAsync("apply", "@people.csv", "--yes");
        stage.Time.Jump(TimeSpan.FromDays(3));

        Answer plan = await stage.RunAsync("plan", "@people.csv", "--out", "@plan.json", "--format", "json");
        Answer run = await stage.RunAsync(
            "apply", "@plan.json", "--yes", "--format", "json", "--report", "@r.txt", "--report", "@r.md", "--report", "@r.html");
        Answer explain = await stage.RunAsync("explain", Kim, "--source", "@people.csv");

        using (Assert.EnterMultipleScope())
        {
            foreach (Answer answer in (Answer[])[plan, run])
            {
                Assert.That(answer.Exit, Is.EqualTo(4), $"{answer}");
                Assert.That(answer.Document.GetProperty("users")[0].GetProperty("held")[0].GetProperty("heldFor").GetInt32(), Is.EqualTo(3));
                Assert.That(answer.Document.GetProperty("policy").GetProperty("heldIsFinding").GetInt32(), Is.EqualTo(1));
                Assert.That(answer.Document.GetProperty("summary").GetProperty("heldNotStanding").GetInt32(), Is.EqualTo(1));
            }

            foreach (string file in (string[])["r.txt", "r.md", "r.html"])
            {
                Assert.That(await File.ReadAllTextAsync(Path.Combine(stage.Shell.Folder, file)), Does.Contain("held for 3 nights"), file);
            }

            Assert.That(explain.Output, Does.Contain("held for 3 nights"));
        }
    }

    [TestCase("0")]
    [TestCase("3651")]
    [TestCase("soon")]
    public async Task Nights_that_are_not_possible_are_an_error(string nights)
    {
        await using Stage stage = await StageAsync(nights);

        Answer plan = await stage.RunAsync("plan", "@people.csv", "--format", "json");

        Assert.That((plan.Exit, plan.Text("code")), Is.EqualTo((1, "configuration")));
        Assert.That(plan.Output, Does.Contain("Policy:HeldIsFinding"));
    }

    private static async Task<Stage> StageAsync(string? nights)
    {
        Stage stage = await Stage.OpenAsync(
            $$"""{ "users": [ { "userPrincipalName": "{{Kim}}", "phones": { "mobile": "+1 2065550100" } } ] }""",
            nights is null ? null : new JsonObject { ["Policy"] = new JsonObject { ["HeldIsFinding"] = nights } });
        stage.Shell.Write("people.csv", $"user,mobile\n{Kim},none\n");
        return stage;
    }
}
