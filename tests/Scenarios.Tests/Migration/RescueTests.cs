using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox;
using ProvisioningConnector.Sandbox.Faults;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Serving;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Scenarios.Tests.Evidence;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Migration;

/// <summary><c>migrate rescue</c> (docs/retirement.md#rescue).</summary>
[Parallelizable(ParallelScope.All)]
public sealed class RescueTests
{
    private const string Pass = "Zq9!MARKER-pass";

    private const string People = """
        { "users": [ { "userPrincipalName": "ada@contoso.com", "phones": { "mobile": "+1 2065550101" }, "default": "sms" },
            { "userPrincipalName": "root@contoso.com", "isAdmin": true }, { "userPrincipalName": "pim@contoso.com" },
            { "userPrincipalName": "gast_fabrikam.com#EXT#@contoso.com" },
            { "userPrincipalName": "partner@contoso.com", "personal": { "external": true, "externalUserState": "Accepted" } },
            { "userPrincipalName": "gone@contoso.com", "accountEnabled": false }, { "userPrincipalName": "left@contoso.com" } ],
          "groups": [ { "id": "00000000-0000-4000-8000-0000000000c1", "displayName": "No passes", "members": [ "left@contoso.com" ] } ],
          "roleEligibilities": [ { "role": "UserAdministrator", "principal": "pim@contoso.com" } ],
          "settings": { "policy": { "pass": { "minimumLifetimeInMinutes": 10 },
            "methods": { "TemporaryAccessPass": { "exclude": [ "00000000-0000-4000-8000-0000000000c1" ] } } } } }
        """;

    [Test]
    public async Task One_person_gets_a_pass_for_one_use_now_and_how_is_recorded()
    {
        await using Stage stage = await StageAsync();

        Answer rescue = await RescueAsync(stage, "ada@contoso.com", "--minutes", "30");

        Assert.That(rescue.Exit, Is.Zero, $"{rescue}");
        Assert.That(rescue.All, Does.Contain("ada@contoso.com").And.Not.Contain(stage.Sandbox.Tenant.User("ada@contoso.com").Id.ToString()));
        StoredPass? pass = Others(stage, "ada@contoso.com").Single().Pass;
        Assert.That((pass?.LifetimeInMinutes, pass?.UsableOnce), Is.EqualTo(((int?)30, (bool?)true)));
        Assert.That(pass?.Start, Is.EqualTo(stage.Time.GetUtcNow()).Within(TimeSpan.FromMinutes(10)));
        await stage.RunAsync("audit", "export", "--out", "@trail.ndjson");
        string trail = File.ReadAllText(stage.Shell.At("trail.ndjson"));
        Assert.That(trail, Does.Contain("\"handOver\"").And.Contain("\"proof\":\"inPerson\"").And.Contain("\"ticket\":\"INC-1\"").And.Contain("handedOver"));
    }

    [TestCase("gast_fabrikam.com#EXT#@contoso.com", "rescueRefused")]
    [TestCase("partner@contoso.com", "rescueRefused")]
    [TestCase("gone@contoso.com", "rescueRefused")]
    [TestCase("left@contoso.com", "rescueRefused")]
    [TestCase("root@contoso.com", "approvalMissing")]
    [TestCase("pim@contoso.com", "approvalMissing")]
    [TestCase("nobody@contoso.com", "userNotFound")]
    public async Task People_who_may_not_have_a_pass_get_none(string user, string code)
    {
        await using Stage stage = await StageAsync();
        Answer rescue = await RescueAsync(stage, user, "--format", "json");
        Assert.That((rescue.Text("code"), stage.NotReads().Length), Is.EqualTo((code, 0)), $"{rescue}");
    }

    [TestCase("Policy")]
    [TestCase("Groups")]
    public async Task What_cannot_be_read_is_no_yes(string permission)
    {
        await using Stage stage = await StageAsync();
        PermissionSettings none = permission == "Policy" ? new() { Policy = Access.Forbidden } : new() { Groups = Access.Forbidden };
        stage.Sandbox.Tenant.Settings = stage.Sandbox.Tenant.Settings with { Permissions = none };
        Answer rescue = await RescueAsync(stage, "ada@contoso.com", "--format", "json");
        Assert.That((rescue.Text("code"), stage.NotReads().Length), Is.EqualTo(("rescueRefused", 0)), $"{rescue}");
    }

    [Test]
    public async Task Someone_with_a_role_needs_a_second_person_each_time_and_for_that_ticket()
    {
        await using Stage stage = await StageAsync();
        string[] approve = ["migrate", "rescue", "root@contoso.com", "--approve", "--ticket", "INC-1", "--reason", "seen on video"];
        Assert.That((await stage.AsAsync("kim", approve)).Exit, Is.Zero);
        Assert.That((await RescueAsync(stage, "root@contoso.com", "--format", "json")).Text("code"), Is.EqualTo("approvalMissing"), "kim agreed with herself");
        Assert.That((await stage.AsAsync("lee", [.. approve[..4], "--ticket", "INC-2", "--reason", "r"])).Exit, Is.Zero);
        Assert.That((await RescueAsync(stage, "root@contoso.com", "--format", "json")).Text("code"), Is.EqualTo("approvalMissing"), "another ticket");
        Assert.That((await stage.AsAsync("lee", approve)).Exit, Is.Zero);

        Answer rescue = await RescueAsync(stage, "root@contoso.com");
        Answer again = await RescueAsync(stage, "root@contoso.com", "--format", "json");

        Assert.That((rescue.Exit, Others(stage, "root@contoso.com").Length), Is.EqualTo((0, 1)), $"{rescue}");
        Assert.That(again.Text("code"), Is.EqualTo("approvalMissing"), "an approval counts once");
    }

    [Test]
    public async Task A_pass_of_someone_else_is_replaced_only_on_demand_and_ones_own_at_once()
    {
        await using Stage stage = await StageAsync();
        await stage.RunAsync("issue-tap", "ada@contoso.com", "--yes");
        Assert.That((await RescueAsync(stage, "ada@contoso.com", "--format", "json")).Text("code"), Is.EqualTo("passNotOurs"));
        Assert.That((await RescueAsync(stage, "ada@contoso.com", "--replace")).Exit, Is.Zero);
        Assert.That((await RescueAsync(stage, "ada@contoso.com")).Exit, Is.Zero);
        Assert.That(Others(stage, "ada@contoso.com"), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_pass_whose_answer_was_lost_is_taken_back_and_never_shown()
    {
        await using Stage stage = await StageAsync();
        stage.Sandbox.Faults = FaultPlan.Parse("""{ "rules": [ { "match": { "kind": "temporaryAccessPass.create" }, "then": { "drop": "after" } } ] }""");

        Answer rescue = await RescueAsync(stage, "ada@contoso.com");
        stage.Sandbox.Faults = FaultPlan.None;
        for (int tries = 0; tries < 20 && Others(stage, "ada@contoso.com").Length > 0; tries++)
        {
            stage.Time.Jump(TimeSpan.FromMinutes(1));
            await stage.AsAsync("kim", "migrate", "rescue", "--resume");
        }

        Assert.That((rescue.Exit, rescue.All.Contains("shown this once", StringComparison.Ordinal)), Is.EqualTo((4, false)), $"{rescue}");
        Assert.That(Others(stage, "ada@contoso.com"), Is.Empty);
        stage.Time.Jump(TimeSpan.FromMinutes(16));
        Assert.That((await stage.AsAsync("kim", "migrate", "rescue", "--resume")).Exit, Is.Zero);
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Signals.")]
    public async Task A_process_that_is_killed_between_issue_and_hand_over_leaves_a_pass_that_resume_deletes()
    {
        using Shell shell = new(TimeProvider.System);
        await using SandboxServer sandbox = await SandboxServer.StartAsync(new SandboxOptions { Seed = SeedReader.Parse(People) }, CancellationToken.None);
        shell.Configure(sandbox.Address.GetLeftPart(UriPartial.Authority), sandbox.Tenant.TenantId.ToString(),
            new JsonObject { ["RequestTimeout"] = "00:00:05" });
        // The pass is made, and its answer never comes: there the process dies.
        sandbox.Faults = FaultPlan.Parse("""{ "rules": [ { "match": { "kind": "temporaryAccessPass.create" }, "then": { "hang": "after" } } ] }""");
        using (ProvisionProcess process = ProvisionProcess.Start(shell.Folder, ["migrate", "rescue", "ada@contoso.com", "--proof", "inPerson", "--ticket",
            "INC-1", "--yes", "--unproven", "a rehearsal", "--config", "settings.json"]))
        {
            while (sandbox.Tenant.User("ada@contoso.com").Credentials.Others.IsEmpty && !process.HasExited) await Task.Delay(1);
            process.SendKill();
            Answer killed = await process.EndAsync();
            Assert.That((killed.Exit, sandbox.Tenant.User("ada@contoso.com").Credentials.Others.Length), Is.EqualTo((137, 1)), $"{killed}");
        }

        sandbox.Faults = FaultPlan.None;
        Answer resumed = await shell.RunAsync("migrate", "rescue", "--resume");
        for (int tries = 0; tries < 60 && resumed.Exit != 0; tries++)
        {
            // The lock of the dead process counts until its request cannot arrive any more.
            await Task.Delay(TimeSpan.FromSeconds(1));
            resumed = await shell.RunAsync("migrate", "rescue", "--resume");
        }

        Assert.That((resumed.Exit, sandbox.Tenant.User("ada@contoso.com").Credentials.Others.Length), Is.EqualTo((0, 0)), $"{resumed}");
    }

    [Test]
    public async Task While_a_request_may_still_arrive_the_person_gets_no_other_pass()
    {
        await using Stage stage = await StageAsync();
        stage.Sandbox.Faults = FaultPlan.Parse("""{ "rules": [ { "match": { "kind": "temporaryAccessPass.create" }, "then": { "drop": "before" } } ] }""");
        Answer lost = await RescueAsync(stage, "ada@contoso.com");
        stage.Sandbox.Faults = FaultPlan.None;
        Answer tooEarly = await RescueAsync(stage, "ada@contoso.com", "--format", "json");
        stage.Time.Jump(TimeSpan.FromMinutes(16));
        Answer later = await RescueAsync(stage, "ada@contoso.com");
        Assert.That((lost.Exit, tooEarly.Text("code"), later.Exit), Is.EqualTo((4, "handOverOpen", 0)), $"{lost}{tooEarly}{later}");
        Assert.That(Others(stage, "ada@contoso.com"), Has.Length.EqualTo(1));
    }

    [TestCase("text")]
    [TestCase("json")]
    public async Task The_value_is_shown_once_and_stands_in_no_file_log_or_store(string format)
    {
        await using Stage stage = await StageAsync();
        stage.Sandbox.Faults = FaultPlan.Parse($$"""
            { "rules": [ { "match": { "kind": "temporaryAccessPass.create" },
              "then": { "commitAnd": { "status": 201, "body": { "temporaryAccessPass": "{{Pass}}" } } } } ] }
            """);

        Answer rescue = await RescueAsync(
            stage, "ada@contoso.com", "--format", format, "--verbose", "--report", "@report.json", "--report", "@report.txt", "--reveal");

        Assert.That((rescue.All.Split(Pass).Length - 1, rescue.Output.Split(Pass).Length - 1), Is.EqualTo((1, 1)), $"{rescue}");
        await stage.RunAsync("audit", "export", "--out", "@trail.ndjson");
        foreach (string file in Directory.EnumerateFiles(stage.Shell.Folder, "*", SearchOption.AllDirectories))
        {
            await using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using StreamReader reader = new(stream, Encoding.Latin1);
            Assert.That(await reader.ReadToEndAsync(), Does.Not.Contain("MARKER"), file);
        }
    }

    private static Task<Stage> StageAsync() =>
        Migrating.ProbedAsync(Stage.OpenAsync(SeedReader.Parse(People), new JsonObject(), new ScenarioTime(beginning: Migrating.Before)));

    private static Task<Answer> RescueAsync(Stage stage, string user, params string[] more) =>
        stage.AsAsync("kim", ["migrate", "rescue", user, "--proof", "inPerson", "--ticket", "INC-1", "--yes", .. more]);

    private static ImmutableArray<StoredMethod> Others(Stage stage, string user) => stage.Sandbox.Tenant.User(user).Credentials.Others;
}
