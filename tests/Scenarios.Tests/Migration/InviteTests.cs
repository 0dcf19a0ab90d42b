using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox.Faults;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Sandbox.Tenant;
using ProvisioningConnector.Scenarios.Tests.Evidence;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Migration;

/// <summary><c>migrate invite</c>: the group is checked, people are chosen, and a plan that a second person approves puts them into it
/// (docs/retirement.md#invite).</summary>
[Parallelizable(ParallelScope.All)]
public sealed class InviteTests
{
    private const string Group = "00000000-0000-4000-8000-0000000000d1";
    private const string Pilot = "00000000-0000-4000-8000-0000000000d2";

    [Test]
    public async Task Those_with_only_phones_are_put_into_the_group_after_an_approval_and_taken_out_again_by_undo()
    {
        await using Stage stage = await StageAsync("{}");
        Answer plan = await stage.PlanAsync("invite");
        Assert.That((plan.Exit, stage.NotReads().Length), Is.EqualTo((0, 0)), $"{plan}");
        Assert.That(plan.Document.GetProperty("origin").ToString(), Is.EqualTo("""{"kind":"migration","step":"invite"}"""));
        Assert.That(Users(plan), Is.EqualTo(new[] { "ben" }), "ada is in already, cleo is disabled, dan has a passkey");
        Assert.That(plan.All, Does.Contain("reaches the group"), "the campaign asks everybody");
        Answer unapproved = await stage.ApplyAsync(approved: false);
        Assert.That((unapproved.Exit, IsMember(stage, "ben")), Is.EqualTo((3, false)), $"{unapproved}");

        Answer applied = await stage.ApplyAsync(approved: true);
        Answer second = await stage.PlanAsync("invite");
        Assert.That((applied.Exit, IsMember(stage, "ben"), Migrating.Operations(second)), Is.EqualTo((0, true, 0)), $"{applied}");
        Assert.That(stage.NotReads(), Has.Length.EqualTo(1).And.All.Contains($"groups/{Group}/members"), "nothing else is written, no policy");

        Answer undo = await stage.AsAsync("kim", "migrate", "undo", applied.Text("runId") ?? "", "--out", "@plan.json", "--format", "json");
        Assert.That(undo.Document.GetProperty("origin").GetProperty("step").GetString(), Is.EqualTo("invite"));
        Assert.That((await stage.ApplyAsync(approved: false)).Exit, Is.EqualTo(3), "a change of the group needs an approval");
        Answer undone = await stage.ApplyAsync(approved: true);
        Assert.That((undone.Exit, IsMember(stage, "ben"), IsMember(stage, "ada")), Is.EqualTo((0, false, true)), $"{undone}");
        Answer back = await stage.AsAsync("kim", "undo", undone.Text("runId") ?? "", "--format", "json");
        Assert.That((Migrating.Operations(back), Migrating.Held(back)["ben"]), Is.EqualTo((0, "notRestorable")), "who comes back is invited");
    }

    [Test]
    public async Task Who_was_invited_by_a_run_counts_from_its_day_and_not_from_the_first_look()
    {
        await using Stage stage = await StageAsync("{}");
        stage.Shell.Write("who.txt", "ben@contoso.com\n");
        await stage.PlanAsync("invite", "--users", "@who.txt");
        await stage.ApplyAsync(approved: true);
        stage.Time.Jump(TimeSpan.FromHours(2));
        foreach (string name in (string[])["ada", "ben"])
        {
            stage.Sandbox.Tenant.Change($"{name}@contoso.com", new TenantChange.AddMethod(new SeedMethod { Kind = "fido2" }));
        }

        stage.Time.Jump(TimeSpan.FromHours(2));
        Answer proved = await stage.RunAsync("migrate", "prove", "--format", "json");
        JsonElement states = proved.Document.GetProperty("states");
        Assert.That((states.GetProperty("registered").GetInt32(), states.GetProperty("invited").GetInt32()), Is.EqualTo((1, 1)),
            $"of ada no one knows when she was invited {proved}");
        Assert.That(proved.Error, Does.Contain("registration campaign"));
    }

    [Test]
    public async Task The_group_is_asked_again_before_each_write()
    {
        await using Stage stage = await StageAsync("{}");
        await stage.PlanAsync("invite");
        stage.Sandbox.Tenant.Settings = stage.Sandbox.Tenant.Settings with { Policy = Named(stage.Sandbox.Tenant.Settings.Policy) };
        Answer applied = await stage.ApplyAsync(approved: true);
        Assert.That((applied.Exit, IsMember(stage, "ben")), Is.EqualTo((4, false)), $"{applied}");
        Assert.That(applied.All, Does.Contain("heldNow").And.Contain("inviteGroupUnfit"));
        Assert.That(stage.NotReads(), Is.Empty);
    }

    [Test]
    public async Task People_are_chosen_by_department_names_list_group_and_number()
    {
        await using Stage stage = await StageAsync("{}");
        stage.Shell.Write("who.txt", "dan@contoso.com\nada@contoso.com\ncleo@contoso.com\nnobody@contoso.com\n");
        stage.Shell.Write("list.csv", "user,mobile\nben@contoso.com,+1 2065550199\n");
        Answer sales = await stage.PlanAsync("invite", "--department", "sales");
        Answer named = await stage.PlanAsync("invite", "--users", "@who.txt");
        Answer list = await stage.PlanAsync("invite", "--source", "@list.csv");
        Answer ready = await stage.PlanAsync("invite", "--users", "@who.txt", "--band", "B5");
        Answer pilot = await stage.PlanAsync("invite", "--group", Pilot, "--limit", "1");
        Answer wave = await stage.PlanAsync("invite", "--limit", "1");
        Answer both = await stage.PlanAsync("invite", "--group", Pilot, "--users", "@who.txt");

        Assert.That(Users(sales), Is.Empty, "ada is in already");
        Assert.That(Users(named), Is.EqualTo(new[] { "dan" }));
        Assert.That((named.Exit, Migrating.Held(named)), Is.EqualTo((4, new Dictionary<string, string> { ["cleo"] = "accountUnused" })), $"{named}");
        Assert.That(named.Document.GetProperty("summary").GetProperty("notFound").GetInt32(), Is.EqualTo(1));
        Assert.That((Users(list), Migrating.Operations(list)), Is.EqualTo((new[] { "ben" }, 1)), "the list says who, and not what");
        Assert.That(Users(ready), Is.EqualTo(new[] { "dan" }));
        Assert.That(Users(pilot), Is.EqualTo(new[] { "ben" }), "dan is the next one");
        Assert.That(Users(wave), Is.Empty, "one of them is in the group");
        Assert.That((both.Exit, both.All.Contains("Give one of", StringComparison.Ordinal)), Is.EqualTo((1, true)), $"{both}");
    }

    [Test]
    public async Task Who_was_put_into_the_group_by_someone_else_meanwhile_stays_there_after_undo()
    {
        await using Stage stage = await StageAsync("{}");
        await stage.PlanAsync("invite");
        using HttpClient other = new() { BaseAddress = stage.Sandbox.Address };
        other.DefaultRequestHeaders.Authorization = new("Bearer", "other");
        using HttpResponseMessage joined = await other.PostAsJsonAsync(
            $"v1.0/groups/{Group}/members/$ref", new Dictionary<string, string> { ["@odata.id"] = $"x/{stage.Sandbox.Tenant.User("ben@contoso.com").Id}" });
        Answer applied = await stage.ApplyAsync(approved: true);
        Answer undo = await stage.AsAsync("kim", "undo", applied.Text("runId") ?? "", "--format", "json");
        Assert.That((joined.IsSuccessStatusCode, applied.Exit, Migrating.Operations(undo), IsMember(stage, "ben")), Is.EqualTo((true, 0, 0, true)),
            $"{applied}");
    }

    [Test]
    public async Task A_lost_answer_is_read_again_and_not_sent_again()
    {
        await using Stage stage = await StageAsync("{}");
        await stage.PlanAsync("invite");
        stage.Sandbox.Faults = FaultPlan.Parse("""
            { "rules": [ { "match": { "method": "POST", "path": "*/members/$ref" }, "then": { "commitAnd": { "status": 503 } } } ] }
            """);
        Answer applied = await stage.ApplyAsync(approved: true);
        Assert.That((applied.Exit, IsMember(stage, "ben"), stage.NotReads().Length), Is.EqualTo((0, true, 1)), $"{applied}");
    }

    [TestCase("""{ "membershipRule": "(user.department -eq \"Sales\")" }""", "dynamic")]
    [TestCase("""{ "onPremisesSyncEnabled": true }""", "on premises")]
    [TestCase("""{ "isAssignableToRole": true }""", "roles")]
    [TestCase("""{ "mailEnabled": true }""", "mail")]
    [TestCase("""{ "securityEnabled": false }""", "security")]
    [TestCase("""{ "licences": [ "00000000-0000-4000-8000-0000000000d9" ] }""", "licences")]
    [TestCase("""{ "applications": [ "Payroll" ] }""", "applications")]
    public async Task A_group_that_confers_more_is_refused(string facts, string why)
    {
        await using Stage stage = await StageAsync(facts);
        Answer invite = await stage.RunAsync("migrate", "invite", "--format", "json");
        Assert.That((invite.Exit, invite.Text("code")), Is.EqualTo((3, "inviteGroupUnfit")), $"{invite}");
        Assert.That(invite.Text("message"), Does.Contain(why));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_group_that_Conditional_Access_names_or_may_name_is_refused(bool readable)
    {
        await using Stage stage = await StageAsync("{}");
        SandboxSettings now = stage.Sandbox.Tenant.Settings;
        stage.Sandbox.Tenant.Settings = readable
            ? now with { Policy = Named(now.Policy) } : now with { Permissions = new PermissionSettings { ConditionalAccess = Access.Forbidden } };
        Answer invite = await stage.RunAsync("migrate", "invite", "--format", "json");
        Assert.That(invite.Text("code"), Is.EqualTo("inviteGroupUnfit"), $"{invite}");
    }

    private static MethodsPolicySettings Named(MethodsPolicySettings policy) =>
        policy with { Access = [new AccessPolicySettings { DisplayName = "MFA", State = "disabled", Exclude = [Group] }] };

    private static bool IsMember(Stage stage, string name) =>
        stage.Sandbox.Tenant.Members(Guid.Parse(Group)).Contains(stage.Sandbox.Tenant.User($"{name}@contoso.com").Id);

    /// <summary>First names of those who would be put into the group.</summary>
    private static string[] Users(Answer plan) => [.. plan.Document.GetProperty("users").EnumerateArray()
        .Where(static user => user.GetProperty("operations").GetArrayLength() > 0)
        .Select(static user => Migrating.Name(user.GetProperty("user").GetString() ?? ""))];

    private static Task<Stage> StageAsync(string facts)
    {
        JsonObject settings = Migrating.Settings();
        settings["Migration"] = new JsonObject { ["InviteGroup"] = Group };
        return Migrating.ProbedAsync(Stage.OpenAsync(SeedReader.Parse($$"""
            { "users": [ { "userPrincipalName": "ada@contoso.com", "phones": { "mobile": "+1 2065550101" }, "personal": { "department": "Sales" } },
                { "userPrincipalName": "ben@contoso.com", "phones": { "mobile": "+1 2065550102" } },
                { "userPrincipalName": "cleo@contoso.com", "phones": { "mobile": "+1 2065550103" }, "accountEnabled": false },
                { "userPrincipalName": "dan@contoso.com", "methods": [ { "kind": "fido2" } ] } ],
              "groups": [ { "id": "{{Group}}", "displayName": "Invited", "members": [ "ada@contoso.com" ], "facts": {{facts}} },
                { "id": "{{Pilot}}", "displayName": "Pilot", "members": [ "ben@contoso.com", "dan@contoso.com" ] } ],
              "settings": { "policy": { "campaign": "enabled" } } }
            """), settings, new ScenarioTime(beginning: Migrating.Before)));
    }
}
