using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Tenant;
using ProvisioningConnector.Scenarios.Tests.Evidence;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Migration;

/// <summary>The steps <c>default</c> and <c>cleanup</c> from the survey to the undo, by plans that are saved, approved and applied.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class MigrateTests
{
    [Test]
    public async Task Defaults_move_away_from_phones_and_SMS_sign_in_ends_where_another_first_factor_is_used()
    {
        await using Stage stage = await Migrating.StageAsync();

        Answer plan = await stage.PlanAsync("default");
        Answer applied = await stage.ApplyAsync(approved: false);
        Answer second = await stage.PlanAsync("default");

        Assert.That(plan.Document.GetProperty("origin").ToString(), Is.EqualTo("""{"kind":"migration","step":"default"}"""), $"{plan}");
        Assert.That(applied.Exit, Is.Zero, $"{applied}");
        Assert.That(stage.Sandbox.Tenant.User("ada@contoso.com").Credentials.Default, Is.EqualTo(SignInPreference.Push));
        Assert.That(stage.Sandbox.Tenant.User("dan@contoso.com").Credentials.Mobile?.SmsSignIn, Is.Not.EqualTo(StoredSmsState.Ready));
        Assert.That(stage.Sandbox.Tenant.User("eva@contoso.com").Credentials.Mobile?.SmsSignIn, Is.EqualTo(StoredSmsState.Ready));
        Assert.That(Migrating.Held(plan), Is.EquivalentTo(new Dictionary<string, string> { ["eva"] = "methodUnused", ["fay"] = "methodUnused" }));
        Assert.That(Migrating.Operations(second), Is.Zero, "the second plan is empty");
    }

    [Test]
    public async Task Phones_are_removed_after_the_date_and_with_an_approval_only_and_come_back_within_thirty_days()
    {
        await using Stage stage = await Migrating.StageAsync();
        await stage.PlanAsync("default");
        await stage.ApplyAsync(approved: false);

        Answer early = await stage.PlanAsync("cleanup");
        stage.Time.Jump(TimeSpan.FromDays(16));
        Answer plan = await stage.PlanAsync("cleanup");
        Answer unapproved = await stage.ApplyAsync(approved: false);
        Answer applied = await stage.ApplyAsync(approved: true);
        Answer second = await stage.PlanAsync("cleanup");

        Assert.That((Migrating.Operations(early), Migrating.Held(early).Values.Distinct().Single()), Is.EqualTo((0, "notYet")), $"{early}");
        Assert.That(Migrating.Held(plan), Is.EquivalentTo(new Dictionary<string, string>
        {
            ["cleo"] = "methodUnused", ["eva"] = "signsInBySms", ["gast"] = "notYet",
        }));
        Assert.That(unapproved.Exit, Is.EqualTo(3), $"{unapproved}");
        Assert.That(unapproved.All, Does.Contain("approvalMissing"));
        Assert.That(applied.Exit, Is.Zero, $"{applied}");
        foreach (string name in (string[])["ada", "ben", "dan"])
        {
            SandboxUser user = stage.Sandbox.Tenant.User($"{name}@contoso.com");
            Assert.That((user.Mobile, user.AlternateMobile, user.Office), Is.EqualTo(((string?)null, (string?)null, (string?)null)), name);
        }

        Assert.That(stage.Sandbox.Tenant.User("eva@contoso.com").Mobile, Is.Not.Null, "signs in by SMS");
        Assert.That(Migrating.Operations(second), Is.Zero, "the second plan is empty");

        stage.Time.Jump(TimeSpan.FromDays(29));
        string run = applied.Text("runId");
        Answer undo = await stage.AsAsync("kim", "undo", run, "--out", "@undo.json", "--format", "json");
        Answer undone = await stage.AsAsync("kim", "apply", "@undo.json", "--yes");
        stage.Time.Jump(TimeSpan.FromDays(2));
        Answer late = await stage.AsAsync("kim", "undo", run, "--format", "json");

        Assert.That(undone.Exit, Is.Zero, $"{undo}{undone}");
        Assert.That(stage.Sandbox.Tenant.User("ben@contoso.com").AlternateMobile, Is.EqualTo("+1 2065550103"));
        Answer next = await stage.PlanAsync("cleanup");
        Answer shown = await stage.AsAsync("kim", "show", run, "--format", "json");

        Assert.That(next.Error, Does.Contain("their numbers are deleted"), $"{next}");
        Assert.That((await stage.PlanAsync("cleanup")).Error, Does.Not.Contain("deleted"), "once");
        Assert.That(shown.Document.GetProperty("users").GetArrayLength(), Is.Zero);
        Assert.That(late.All, Does.Contain("tooOld").Or.Contain("\"changed\":0").Or.Contain("\"changed\": 0"));
    }

    [TestCase("Retired", null)]
    [TestCase("Manage", Migrating.Pilot)]
    [TestCase("Manage", "00000000-0000-4000-8000-00000000dead")]
    public async Task Tonights_list_does_not_bring_back_what_was_removed_where_phones_are_retired(string policy, string? group)
    {
        JsonObject settings = Migrating.Settings();
        settings["Policy"] = new JsonObject { ["Phones"] = policy };
        if (group is not null) settings["Migration"] = new JsonObject { ["RetiredGroups"] = new JsonArray(group) };
        await using Stage stage = await Migrating.StageAsync(settings);
        stage.Shell.Write("people.csv", "user,mobile\nada@contoso.com,+1 2065550101\ncleo@contoso.com,+1 2065550199\n");
        stage.Time.Jump(TimeSpan.FromDays(16));
        await stage.PlanAsync("default");
        await stage.ApplyAsync(approved: false);
        await stage.PlanAsync("cleanup", "--group", Migrating.Pilot);
        Answer applied = await stage.ApplyAsync(approved: true);

        Answer list = await stage.AsAsync("kim", "plan", "@people.csv", "--format", "json");

        Assert.That(stage.Sandbox.Tenant.User("ada@contoso.com").Mobile, Is.Null, $"{applied}");
        Assert.That(Migrating.Held(list), Is.EquivalentTo(new Dictionary<string, string> { ["ada"] = "phonesRetired" }), $"{list}");
        Assert.That(Migrating.Operations(list), Is.EqualTo(1), "a phone that is there is corrected");
    }

    [Test]
    public async Task What_vanished_went_stale_or_was_reset_since_the_plan_is_held_when_it_is_applied()
    {
        await using Stage stage = await Migrating.StageAsync();
        await stage.PlanAsync("default");
        await stage.ApplyAsync(approved: false);
        stage.Time.Jump(TimeSpan.FromDays(16));
        stage.Shell.Write("users.txt", "ada@contoso.com\nben@contoso.com\ndan@contoso.com\nunknown@contoso.com\n");
        stage.Shell.Write("people.csv", "user,mobile\nada@contoso.com,+1 2065550101\n");
        Answer plan = await stage.PlanAsync("cleanup", "--users", "@users.txt", "--source", "@people.csv");

        SandboxTenant tenant = stage.Sandbox.Tenant;
        tenant.Change("ada@contoso.com", new TenantChange.RemoveMethods(StoredMethodKind.MicrosoftAuthenticator));
        tenant.Change("ada@contoso.com", new TenantChange.AddMethod(new SeedMethod { Kind = "windowsHello" }));
        tenant.Change("ben@contoso.com", new TenantChange.AddMethod(new SeedMethod { Kind = "temporaryAccessPass" }));
        Answer applied = await stage.ApplyAsync(approved: true);

        Assert.That(plan.All, Does.Contain("unknown@contoso.com").And.Contain("listWantsPhone"));
        Assert.That(applied.All, Does.Contain("heldNow").And.Contain("recentReset").And.Contain("methodUnused"), $"{applied}");
        Assert.That(tenant.User("ada@contoso.com").Mobile, Is.EqualTo("+1 2065550101"), "the method that was to stay is gone");
        Assert.That(tenant.User("ben@contoso.com").Mobile, Is.EqualTo("+1 2065550102"));
        Assert.That(tenant.User("ben@contoso.com").AlternateMobile, Is.EqualTo("+1 2065550103"));
    }
}
