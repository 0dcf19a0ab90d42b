using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Commands;

/// <summary>The second opinion on numbers through the executable (docs/safety.md#second-opinion-on-numbers).</summary>
[Parallelizable(ParallelScope.All)]
public sealed class NumberTests
{
    private const string Premium = "+1 9002345678";

    [Test]
    public async Task A_number_that_the_plan_of_its_country_speaks_against_is_warned_of_masked()
    {
        await using Stage stage = await Crew.StageAsync(1);
        stage.Shell.UsesExecutable = true;
        stage.Shell.Write("people.csv", $"user,mobile\n{Crew.Name(0)},{Premium}\n");

        Answer plan = await stage.RunAsync("plan", "@people.csv", "--format", "json");
        Answer apply = await stage.RunAsync("apply", "@people.csv", "--yes");

        JsonElement warning = plan.Document.GetProperty("users")[0].GetProperty("diagnostics").EnumerateArray()
            .Single(one => one.GetProperty("code").GetString() == "numberPremium");
        Assert.That(warning.GetProperty("severity").GetString(), Is.EqualTo("warning"));
        Assert.That(plan.All, Does.Not.Contain("9002345678"));
        Assert.That((apply.Exit, stage.Sandbox.Tenant.User(Crew.Name(0)).Mobile), Is.EqualTo((0, Premium)), $"{apply}");
    }

    [Test]
    public async Task A_policy_holds_it_for_lists_and_for_single_changes_until_a_decision()
    {
        JsonObject settings = new() { ["Policy"] = new JsonObject { ["Numbers"] = new JsonObject { ["Premium"] = "Hold" } } };
        await using Stage stage = await Stage.OpenAsync(Crew.Seed(1), settings);
        stage.Shell.Write("people.csv", $"user,mobile\n{Crew.Name(0)},{Premium}\n");

        Answer apply = await stage.RunAsync("apply", "@people.csv", "--yes");
        Answer single = await stage.RunAsync("set-phone", Crew.Name(0), $"{Premium}:mobile", "--yes");

        Assert.That((apply.Exit, single.Exit), Is.EqualTo((4, 3)), $"{apply}{single}");
        Assert.That(apply.All + single.All, Does.Contain("premium-rate number").And.Not.Contain("9002345678"));
        Assert.That(stage.NotReads(), Is.Empty);
    }

    [Test]
    public async Task All_numbers_of_a_list_are_checked_when_asked([Values] bool isAsked)
    {
        await using Stage stage = await Crew.StageAsync(1);
        stage.Shell.Write("people.csv", $"user,mobile\n{Crew.Name(0)},{Premium}\n");
        await stage.RunAsync("apply", "@people.csv", "--yes");

        Answer plan = isAsked ? await stage.RunAsync("plan", "@people.csv", "--check-numbers") : await stage.RunAsync("plan", "@people.csv");

        Assert.That(plan.Output.Contains("premium-rate number", StringComparison.Ordinal), Is.EqualTo(isAsked), $"{plan}");
    }
}
