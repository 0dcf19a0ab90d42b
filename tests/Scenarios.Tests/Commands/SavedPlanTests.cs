using System.Text.Json;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Tenant;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Commands;

[Parallelizable(ParallelScope.All)]
public sealed class SavedPlanTests
{
    [Test]
    public async Task A_saved_plan_is_applied_once()
    {
        await using Stage stage = await PlannedAsync(3);

        Answer first = await stage.RunAsync("apply", "@plan.json", "--yes", "--format", "json");
        Answer second = await stage.RunAsync("apply", "@plan.json", "--yes", "--format", "json");

        Assert.That(first.Exit, Is.Zero, $"{first}");
        Assert.That(Crew.Done(stage, 3), Is.EqualTo(3));
        Refused(second, "planAlreadyApplied");
        Assert.That(first.Text("planId"), Is.EqualTo(PlanId(stage)));
        Assert.That(stage.Sandbox.Journal.AppliedWrites, Has.Length.EqualTo(6));
    }

    [Test]
    public async Task It_is_readable_by_its_owner_only_and_says_where_it_is()
    {
        await using Stage stage = await PlannedAsync(1);

        if (!OperatingSystem.IsWindows()) Assert.That(File.GetUnixFileMode(stage.Shell.At("plan.json")),
            Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public async Task A_user_who_changed_since_is_stale_and_the_others_are_done()
    {
        await using Stage stage = await PlannedAsync(3);
        stage.Sandbox.Tenant.Change(Crew.Name(1), new TenantChange.SetPhone(PhoneSlot.Mobile, "+1 2065550999"));

        Answer apply = await stage.RunAsync("apply", "@plan.json", "--yes", "--format", "json");

        Assert.That(apply.Exit, Is.EqualTo(4), $"{apply}");
        Assert.That(apply.Document.GetProperty("summary").GetProperty("stale").GetInt64(), Is.EqualTo(1));
        Assert.That(Crew.Done(stage, 3), Is.EqualTo(2));
        Assert.That(stage.Sandbox.Tenant.User(Crew.Name(1)).Mobile, Is.EqualTo("+1 2065550999"));
    }

    [Test]
    public async Task Changes_another_client_made_already_are_skipped_as_already_so()
    {
        await using Stage stage = await PlannedAsync(2);
        stage.Sandbox.Tenant.Change(Crew.Name(0), new TenantChange.SetPhone(PhoneSlot.Office, "+1 2065550300"));

        Answer apply = await stage.RunAsync("apply", "@plan.json", "--yes", "--format", "json");

        Assert.That(apply.Exit, Is.Zero, $"{apply}");
        Assert.That(apply.Output, Does.Contain("alreadySo"));
        Assert.That(stage.Sandbox.Journal.AppliedWrites, Has.Length.EqualTo(3));
    }

    [Test]
    public async Task When_everybody_changed_nothing_is_written_and_the_exit_code_says_so()
    {
        await using Stage stage = await PlannedAsync(2);
        foreach (int i in (int[])[0, 1]) stage.Sandbox.Tenant.Change(Crew.Name(i), new TenantChange.SetPhone(PhoneSlot.Mobile, $"+1 206555099{i}"));

        Answer apply = await stage.RunAsync("apply", "@plan.json", "--yes", "--format", "json");

        Assert.That(apply.Exit, Is.EqualTo(5), $"{apply}");
        Assert.That(stage.NotReads(), Is.Empty);
    }

    [Test]
    public async Task An_edited_plan_is_refused_wherever_it_was_edited()
    {
        await using Stage stage = await PlannedAsync(2);
        string plan = File.ReadAllText(stage.Shell.At("plan.json"));
        string[] edits =
        [
            plan.Replace("+1 2065550200", "+1 2065550209", StringComparison.Ordinal), plan.Replace("\"Allow\"", "\"Avoid\"", StringComparison.Ordinal),
            plan.Replace("\"maxDeletes\":\"500|2%\"", "\"maxDeletes\":\"none\"", StringComparison.Ordinal),
            plan.Replace("\"applyable\":true", "\"applyable\":false", StringComparison.Ordinal),
            plan[..(plan.Length / 2)], plan.Replace("\"kind\":\"plan\"", "\"kind\":\"plan\",\"extra\":1", StringComparison.Ordinal),
        ];

        foreach (string edited in edits)
        {
            Assert.That(edited, Is.Not.EqualTo(plan));
            stage.Shell.Write("edited.json", edited);
            Answer apply = await stage.RunAsync("apply", "@edited.json", "--yes", "--format", "json");
            Assert.That(apply.Exit, Is.EqualTo(1), $"{apply}");
            Assert.That(apply.Text("code"), Does.StartWith("plan").Or.EqualTo("notAPlan"), $"{apply}");
            new Secrets().Learn(plan).AreNotIn("the refusal", apply.All);
        }

        Assert.That(stage.NotReads(), Is.Empty);
    }

    [Test]
    public async Task A_masked_plan_is_refused()
    {
        await using Stage stage = await Crew.StageAsync(1);
        await stage.RunAsync("plan", "@people.csv", "--report", "@masked.json");

        Refused(await stage.RunAsync("apply", "@masked.json", "--yes", "--format", "json"), "planMasked");
        Assert.That((await stage.RunAsync("show", "@masked.json")).Exit, Is.Zero);
    }

    [Test]
    public async Task A_plan_of_another_tenant_is_refused()
    {
        await using Stage stage = await PlannedAsync(1);
        stage.Shell.Configure(stage.Sandbox.Address.GetLeftPart(UriPartial.Authority), "99999999-0000-4000-8000-c0ffee5a17b0");

        Refused(await stage.RunAsync("apply", "@plan.json", "--yes", "--format", "json"), "planOfAnotherTenant");
        Assert.That(stage.NotReads(), Is.Empty);
    }

    [Test]
    public async Task A_plan_of_another_store_is_refused()
    {
        await using Stage stage = await PlannedAsync(1);
        foreach (string file in Directory.EnumerateFiles(stage.Shell.Folder, "store*")) File.Delete(file);
        foreach (string file in Directory.EnumerateFiles(stage.Shell.Folder, "*key*")) File.Delete(file);

        Refused(await stage.RunAsync("apply", "@plan.json", "--yes", "--format", "json"), "planSealBroken");
    }

    [Test]
    public async Task An_old_plan_is_refused()
    {
        await using Stage stage = await PlannedAsync(1);
        stage.Time.Jump(TimeSpan.FromHours(25));

        Refused(await stage.RunAsync("apply", "@plan.json", "--yes", "--format", "json"), "planExpired");
    }

    [Test]
    public async Task Nothing_can_be_allowed_beside_a_saved_plan()
    {
        await using Stage stage = await PlannedAsync(1);

        Refused(await stage.RunAsync("apply", "@plan.json", "--yes", "--format", "json", "--allow", "deletes=9"), "allowOnSavedPlan");
    }

    [Test]
    public async Task A_saved_plan_is_shown_again_in_every_form_and_masked()
    {
        await using Stage stage = await PlannedAsync(2);
        Secrets secrets = new Secrets().Learn(Crew.Source(2));

        foreach (string format in (string[])["text", "json", "markdown", "html"])
        {
            Answer show = await stage.RunAsync("show", "@plan.json", "--format", format);
            Assert.That(show.Exit, Is.Zero, $"{show}");
            Assert.That(show.Output, Does.Contain(Crew.Name(1)));
            secrets.AreNotIn(format, show.All);
        }

        Assert.That((await stage.RunAsync("show", "@plan.json", "--reveal")).Output, Does.Contain("+1 2065550200"));
    }

    private static async Task<Stage> PlannedAsync(int users)
    {
        Stage stage = await Crew.StageAsync(users);
        Answer plan = await stage.RunAsync("plan", "@people.csv", "--out", "@plan.json");
        Assert.That(plan.Exit, Is.Zero, $"{plan}");
        return stage;
    }

    private static string? PlanId(Stage stage)
    {
        using JsonDocument plan = JsonDocument.Parse(File.ReadAllText(stage.Shell.At("plan.json")));
        return plan.RootElement.GetProperty("planId").GetString();
    }

    private static void Refused(Answer answer, string code)
    {
        Assert.That(answer.Exit, Is.EqualTo(1), $"{answer}");
        Assert.That(answer.Text("kind"), Is.EqualTo("error"));
        Assert.That(answer.Text("code"), Is.EqualTo(code), $"{answer}");
        Assert.That(answer.Text("advice"), Is.Not.Empty);
    }
}
