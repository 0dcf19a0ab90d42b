using System.Text.Json.Nodes;
using ProvisioningConnector.Scenarios.Tests.Commands;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Evidence;

/// <summary>What needs a second person is not written without one.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ApprovalTests
{
    [Test]
    public async Task An_approved_plan_is_applied_by_its_planner()
    {
        await using Stage stage = await PlannedAsync("Always");

        Answer before = await stage.AsAsync("anna", "apply", "@plan.json", "--yes", "--format", "json");
        Answer approve = await stage.AsAsync("bob", "approve", "@plan.json", "--reason", "looked at all of it", "--format", "json");
        Answer show = await stage.AsAsync("carl", "show", "@plan.json");
        Answer after = await stage.AsAsync("anna", "apply", "@plan.json", "--yes", "--format", "json");

        Blocked(before, "approvalMissing");
        Assert.That(approve.Exit, Is.Zero, $"{approve}");
        Assert.That(approve.Text("approver"), Is.EqualTo("bob@here"));
        Assert.That(show.Output, Does.Contain("approved by bob@here").And.Contain("looked at all of it"));
        Assert.That(after.Exit, Is.Zero, $"{after}");
        Assert.That(after.Document.GetProperty("approval").GetProperty("approver").GetString(), Is.EqualTo("bob@here"));
        Assert.That(stage.Sandbox.Journal.AppliedWrites, Has.Length.EqualTo(3));
        if (!OperatingSystem.IsWindows()) Assert.That(File.GetUnixFileMode(stage.Shell.At("plan.json")),
            Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public async Task A_source_cannot_be_applied_where_an_approval_is_needed()
    {
        await using Stage stage = await PlannedAsync("Deletes");

        Answer apply = await stage.AsAsync("anna", "apply", "@people.csv", "--yes", "--format", "json");

        Blocked(apply, "approvalMissing");
        Assert.That(apply.Output, Does.Contain("plan --out").And.Contain("'approve'"));
        Assert.That(stage.NotReads(), Is.Empty);
    }

    [TestCase("Always", 3)]
    [TestCase("Deletes", 0)]
    public async Task A_verb_for_one_user_cannot_be_approved(string rule, int exit)
    {
        await using Stage stage = await Persons.RemovingAsync(2, new JsonObject { ["RequireApproval"] = rule, ["Guardrails"] = new JsonObject() });

        Answer delete = await stage.RunAsync("remove-phone", Crew.Name(0), "office", "--yes", "--format", "json");
        Answer set = await stage.RunAsync("set-phone", Crew.Name(1), "+1 2065550300:mobile", "--yes", "--format", "json");

        Assert.That((delete.Exit, set.Exit), Is.EqualTo((3, exit)), $"{delete} {set}");
        Assert.That(delete.Output, Does.Contain("RequireApproval").And.Contain("'approve'"));
        Assert.That(stage.Sandbox.Journal.AppliedWrites, Has.Length.EqualTo(exit == 0 ? 1 : 0));
    }

    [Test]
    public async Task Who_only_adds_needs_no_approval_of_deletes()
    {
        await using Stage stage = await PlannedAsync("Deletes");
        stage.Shell.Write("adds.csv", $"user,alternateMobile\n{Crew.Name(0)},+1 2065550300\n");

        Answer apply = await stage.AsAsync("anna", "apply", "@adds.csv", "--yes");

        Assert.That(apply.Exit, Is.Zero, $"{apply}");
    }

    [TestCase("anna", TestName = "Planners_do_not_approve_their_own_plan")]
    [TestCase("ANNA", TestName = "Planners_do_not_approve_their_own_plan_by_another_spelling")]
    public async Task Planners_do_not_approve_their_own_plan(string person)
    {
        await using Stage stage = await PlannedAsync("Always");

        Answer approve = await stage.AsAsync(person, "approve", "@plan.json", "--reason", "because", "--format", "json");

        Assert.That((approve.Exit, approve.Text("code")), Is.EqualTo((1, "selfApproval")), $"{approve}");
        Blocked(await stage.AsAsync("carl", "apply", "@plan.json", "--yes", "--format", "json"), "approvalMissing");
    }

    [Test]
    public async Task A_self_approval_given_while_none_was_needed_does_not_count_later()
    {
        await using Stage stage = await PlannedAsync("Never");
        Assert.That((await stage.AsAsync("anna", "approve", "@plan.json", "--reason", "early")).Exit, Is.Zero);
        stage.Set(s => s.Tenant()["RequireApproval"] = "Always");

        Blocked(await stage.AsAsync("carl", "apply", "@plan.json", "--yes", "--format", "json"), "approvalMissing", "approvalUnfit");
    }

    [Test]
    public async Task The_approver_does_not_apply()
    {
        await using Stage stage = await PlannedAsync("Always");
        await stage.AsAsync("bob", "approve", "@plan.json", "--reason", "fine");

        Blocked(await stage.AsAsync("bob", "apply", "@plan.json", "--yes", "--format", "json"), "approvalMissing", "approvalUnfit");
    }

    [Test]
    public async Task The_configuration_says_who_may_approve_and_who_is_one_person()
    {
        await using Stage stage = await PlannedAsync("Always");
        stage.Set(s => s["Approvers"] = new JsonObject
        {
            ["anna"] = new JsonObject { ["Actors"] = new JsonArray("anna@here", "anna.admin@here") },
            ["bob"] = new JsonObject { ["Actors"] = new JsonArray("bob@here", "root@here") },
        });

        Answer other = await stage.AsAsync("eve", "approve", "@plan.json", "--reason", "fine", "--format", "json");
        Answer again = await stage.AsAsync("anna.admin", "approve", "@plan.json", "--reason", "fine", "--format", "json");
        Answer right = await stage.AsAsync("bob", "approve", "@plan.json", "--reason", "fine");
        Answer same = await stage.AsAsync("root", "apply", "@plan.json", "--yes", "--format", "json");
        Answer applied = await stage.AsAsync("eve", "apply", "@plan.json", "--yes", "--format", "json");

        Assert.That((other.Exit, other.Text("code"), again.Exit, again.Text("code")), Is.EqualTo((1, "notApprover", 1, "selfApproval")), $"{other}{again}");
        Assert.That(right.Exit, Is.Zero, $"{right}");
        Blocked(same, "approvalMissing", "approvalUnfit");
        Assert.That(applied.Exit, Is.Zero, $"{applied}");
    }

    [Test]
    public async Task An_approver_who_is_no_longer_configured_no_longer_counts()
    {
        await using Stage stage = await PlannedAsync("Always");
        await stage.AsAsync("bob", "approve", "@plan.json", "--reason", "fine");
        stage.Set(s => s["Approvers"] = new JsonObject { ["carl"] = new JsonObject { ["Actors"] = new JsonArray("carl") } });

        Blocked(await stage.AsAsync("anna", "apply", "@plan.json", "--yes", "--format", "json"), "approvalMissing", "approvalUnfit");
    }

    [TestCase("""{ "bob": { } }""")]
    [TestCase("""{ "bob": { "Actors": [] } }""")]
    [TestCase("""{ "bob": { "Actors": ["a@b"] }, "carl": { "Actors": ["A@B"] } }""")]
    [TestCase("""{ "bob": { "Actors": ["a@b"], "Who": "x" } }""")]
    [TestCase("""["bob"]""")]
    public async Task Approvers_that_mean_nothing_or_two_persons_are_an_error(string approvers)
    {
        await using Stage stage = await PlannedAsync("Always");
        stage.Set(s => s["Approvers"] = JsonNode.Parse(approvers));

        Answer plan = await stage.RunAsync("plan", "@people.csv", "--format", "json");

        Assert.That((plan.Exit, plan.Text("code")), Is.EqualTo((1, "configuration")), $"{plan}");
        Assert.That(plan.Output, Does.Contain("Approvers"));
    }

    [Test]
    public async Task An_approval_expires()
    {
        await using Stage stage = await PlannedAsync("Always");
        await stage.AsAsync("bob", "approve", "@plan.json", "--reason", "fine", "--for", "01:00:00");
        stage.Time.Jump(TimeSpan.FromHours(2));

        Blocked(await stage.AsAsync("anna", "apply", "@plan.json", "--yes", "--format", "json"), "approvalMissing", "approvalUnfit");
    }

    [Test]
    public async Task An_approval_carried_to_another_plan_does_not_count()
    {
        await using Stage stage = await PlannedAsync("Always");
        await stage.AsAsync("bob", "approve", "@plan.json", "--reason", "fine");
        await stage.AsAsync("anna", "plan", "@people.csv", "--out", "@other.json");
        JsonNode other = Read(stage, "other.json");
        JsonObject moved = [];
        foreach ((string name, JsonNode? value) in other.AsObject())
        {
            if (name == "users") moved["approvals"] = Read(stage, "plan.json")["approvals"]?.DeepClone();
            moved[name] = value?.DeepClone();
        }

        File.WriteAllText(stage.Shell.At("other.json"), moved.ToJsonString());

        Blocked(await stage.AsAsync("anna", "apply", "@other.json", "--yes", "--format", "json"), "approvalMissing", "approvalUnfit");
    }

    [TestCase("\"deletes\":3", "\"deletes\":30")]
    [TestCase("bob@here", "eve@here")]
    [TestCase("fine", "splendid")]
    public async Task An_edited_approval_lets_nothing_be_written(string from, string to)
    {
        await using Stage stage = await PlannedAsync("Always", ("MaxDeletes", "2"));
        await stage.AsAsync("bob", "approve", "@plan.json", "--reason", "fine", "--allow", "deletes=3");
        string text = File.ReadAllText(stage.Shell.At("plan.json"));
        Assert.That(text, Does.Contain(from));
        File.WriteAllText(stage.Shell.At("plan.json"), text.Replace(from, to, StringComparison.Ordinal));

        Answer apply = await stage.AsAsync("anna", "apply", "@plan.json", "--yes", "--format", "json");

        Assert.That((apply.Exit, apply.Text("code")), Is.EqualTo((3, "approvalBroken")), $"{apply}");
        Assert.That(stage.NotReads(), Is.Empty);
    }

    [Test]
    public async Task An_approval_taken_out_of_the_file_is_still_in_the_store()
    {
        await using Stage stage = await PlannedAsync("Always");
        File.Copy(stage.Shell.At("plan.json"), stage.Shell.At("copy.json"));
        await stage.AsAsync("bob", "approve", "@plan.json", "--reason", "fine");

        Assert.That((await stage.AsAsync("anna", "apply", "@copy.json", "--yes")).Exit, Is.Zero);
    }

    [Test]
    public async Task A_blocked_plan_goes_with_exactly_what_was_allowed()
    {
        await using Stage stage = await PlannedAsync("Never", ("MaxDeletes", "2"));
        Assert.That((await stage.AsAsync("anna", "apply", "@plan.json", "--yes")).Exit, Is.EqualTo(3));

        Answer nothing = await stage.AsAsync("bob", "approve", "@plan.json", "--reason", "fine", "--format", "json");
        Answer little = await stage.AsAsync("bob", "approve", "@plan.json", "--reason", "fine", "--allow", "deletes=2", "--format", "json");
        Answer other = await stage.AsAsync("bob", "approve", "@plan.json", "--reason", "fine",
            "--allow", "deletes=3", "--allow", "updates=9", "--format", "json");
        Answer right = await stage.AsAsync("bob", "approve", "@plan.json", "--reason", "fine", "--allow", "deletes=3", "--format", "json");
        Answer apply = await stage.AsAsync("anna", "apply", "@plan.json", "--yes", "--format", "json");

        Assert.That((nothing.Text("code"), little.Text("code"), other.Text("code")), Is.EqualTo(("stillBlocked", "allowanceTooSmall", "nothingToAllow")));
        Assert.That(right.Exit, Is.Zero, $"{right}");
        Assert.That(apply.Exit, Is.Zero, $"{apply}");
        Assert.That(stage.Sandbox.Journal.AppliedWrites, Has.Length.EqualTo(3));
    }

    [Test]
    public async Task An_approval_needs_a_reason_and_a_plan()
    {
        await using Stage stage = await PlannedAsync("Always");

        Assert.That((await stage.AsAsync("bob", "approve", "@plan.json", "--format", "json")).Text("code"), Is.EqualTo("reasonNeeded"));
        Assert.That((await stage.AsAsync("bob", "approve", "@people.csv", "--reason", "x", "--format", "json")).Text("code"), Is.EqualTo("notAPlan"));
        Assert.That((await stage.AsAsync("bob", "approve", "@plan.json", "--reason", "x", "--for", "soon", "--format", "json")).Text("code"),
            Is.EqualTo("usage"));
    }

    [Test]
    public async Task Who_goes_on_with_a_run_is_not_its_approver()
    {
        await using Stage stage = await PlannedAsync("Always");
        await stage.AsAsync("bob", "approve", "@plan.json", "--reason", "fine");
        Answer first = await stage.AsAsync("anna", "apply", "@plan.json", "--yes", "--limit", "1", "--format", "json");
        Assert.That(first.Exit, Is.EqualTo(130), $"{first}");

        Answer approver = await stage.AsAsync("bob", "resume", first.Text("runId"), "--yes", "--format", "json");
        stage.Time.Jump(TimeSpan.FromDays(3));
        Answer other = await stage.AsAsync("anna", "resume", first.Text("runId"), "--yes", "--format", "json");

        Assert.That((approver.Exit, approver.Text("code")), Is.EqualTo((3, "approvalMissing")), $"{approver}");
        Assert.That(other.Exit, Is.Zero, $"{other}");
        Assert.That(stage.Sandbox.Journal.AppliedWrites, Has.Length.EqualTo(3));
    }

    private static async Task<Stage> PlannedAsync(string rule, params (string Name, string Value)[] guardrails)
    {
        JsonObject limits = [];
        foreach ((string name, string value) in guardrails) limits[name] = value;
        Stage stage = await Persons.RemovingAsync(3, new JsonObject { ["RequireApproval"] = rule, ["Guardrails"] = limits });
        Answer plan = await stage.AsAsync("anna", "plan", "@people.csv", "--out", "@plan.json");
        Assert.That(plan.Exit, Is.AnyOf(0, 3), $"{plan}");
        return stage;
    }

    private static void Blocked(Answer answer, params string[] codes)
    {
        Assert.That(answer.Exit, Is.EqualTo(3), $"{answer}");
        Assert.That(answer.Text("outcome"), Is.EqualTo("blocked"));
        Assert.That(answer.Codes("diagnostics"), Is.EqualTo(codes));
    }

    private static JsonNode Read(Stage stage, string file) => JsonNode.Parse(File.ReadAllText(stage.Shell.At(file))) ?? throw new AssertionException("no plan");
}
