using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Commands;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Findings;
using ProvisioningConnector.Reports.Tests.Samples;

namespace ProvisioningConnector.Reports.Tests.Findings;

/// <summary>What is proposed next follows the plan's origin and what was typed and written, never the name of a source.</summary>
public sealed class NextStepsTests
{
    private static readonly CommandContext Typed = new()
    {
        ConfigFile = "/etc/contoso.json", Tenant = "contoso", Source = new TypedSource("/data/hr list.csv", ["--delta"]), Incremental = true,
        Change = "provision offboard dan@contoso.com --config /etc/contoso.json",
    };

    private static readonly CommandContext Saved = Typed with { PlanFile = "/tmp/p.json" };

    private static readonly GuardrailVerdict Deletes = new("MaxDeletes", Verdict.Blocked, 2, 5, "--allow deletes=5", "5 deletes are more than 2.");

    [Test]
    public async Task A_source_is_applied_as_it_was_typed() => Assert.That(await PlanAsync(new PlanOrigin.Source(), Typed),
        Is.EqualTo((string[])["provision apply '/data/hr list.csv' --delta --incremental --config /etc/contoso.json"]));

    [Test]
    public async Task A_saved_plan_is_applied_itself_and_never_its_source() => Assert.That(await PlanAsync(new PlanOrigin.Source(), Saved),
        Is.EqualTo((string[])["provision apply /tmp/p.json --config /etc/contoso.json"]));

    [Test]
    public async Task A_plan_that_needs_approval_is_approved_first() =>
        Assert.That(await PlanAsync(new PlanOrigin.Source(), Saved with { Approval = ApprovalState.Missing }), Is.EqualTo((string[])
        [
            "provision approve /tmp/p.json --reason TEXT --config /etc/contoso.json", "provision apply /tmp/p.json --config /etc/contoso.json",
        ]));

    [Test]
    public async Task A_plan_that_needs_approval_and_was_not_saved_is_saved_first() =>
        Assert.That(await PlanAsync(new PlanOrigin.Source(), Typed with { Approval = ApprovalState.Missing }), Is.EqualTo((string[])
            ["provision plan '/data/hr list.csv' --out plan.json --delta --incremental --config /etc/contoso.json"]));

    [Test]
    public async Task What_came_on_standard_input_is_saved_first() =>
        Assert.That(await PlanAsync(new PlanOrigin.StandardInput(), Typed with { Source = new TypedSource("-", ["--input", "csv"]) }), Is.EqualTo((string[])
            ["provision plan - --out plan.json --input csv --incremental --config /etc/contoso.json"]));

    [Test]
    public async Task An_undo_is_saved_and_applied_as_an_undo()
    {
        CommandContext undo = Typed with { Source = null, Incremental = false };
        Assert.That(await PlanAsync(new PlanOrigin.Undo("r1"), undo),
            Is.EqualTo((string[])["provision undo r1 --out undo.json --config /etc/contoso.json"]));
        Assert.That(await PlanAsync(new PlanOrigin.Undo("r1"), undo with { PlanFile = "/tmp/u.json" }),
            Is.EqualTo((string[])["provision apply /tmp/u.json --config /etc/contoso.json"]));
    }

    [Test]
    public async Task A_step_of_the_migration_is_saved_and_the_saved_plan_applied()
    {
        CommandContext step = Typed with { Source = null, Incremental = false, Step = ["migrate", "cleanup", "--group", "g1"] };
        PlanOrigin.Migration cleanup = new(PlanOrigin.Migration.Cleanup);
        GuardrailVerdict many = new("MaxLastPhone", Verdict.Blocked, 10, 12, "--allow lastPhone=12", "too many");
        Assert.That(await PlanAsync(cleanup, step),
            Is.EqualTo((string[])["provision migrate cleanup --group g1 --out plan.json --config /etc/contoso.json"]));
        Assert.That(await PlanAsync(cleanup, step with { PlanFile = "/tmp/p.json", Approval = ApprovalState.Missing }), Is.EqualTo((string[])
            ["provision approve /tmp/p.json --reason TEXT --config /etc/contoso.json", "provision apply /tmp/p.json --config /etc/contoso.json"]));
        Assert.That((await PlanAsync(cleanup, step, many)).Single(), Does.Contain("migrate cleanup --group g1 --allow lastPhone=12"));
        Assert.That(await PlanAsync(cleanup, step with { Step = [] }), Is.Empty);
    }

    [Test]
    public async Task A_change_of_one_user_is_made_by_the_same_command() =>
        Assert.That(await PlanAsync(new PlanOrigin.Action("offboard"), Typed), Is.EqualTo((string[])[Typed.Change ?? ""]));

    [Test]
    public async Task A_change_that_holds_a_number_is_not_repeated() =>
        Assert.That(await PlanAsync(new PlanOrigin.Action("set-phone"), Typed with { Change = null }), Is.Empty);

    [Test]
    public async Task The_service_proposes_no_command() => Assert.That(await PlanAsync(new PlanOrigin.Request(null), CommandContext.None), Is.Empty);

    [Test]
    public async Task Of_a_file_of_which_only_the_name_is_known_nothing_is_guessed() =>
        Assert.That(await PlanAsync(new PlanOrigin.Source(), CommandContext.None), Is.Empty);

    [Test]
    public async Task A_plan_of_another_tenant_than_the_options_mean_names_it() =>
        Assert.That((await PlanAsync(new PlanOrigin.Source(), Saved with { Tenant = "fabrikam", TenantOption = "fabrikam" })).Single(),
            Is.EqualTo("provision apply /tmp/p.json --config /etc/contoso.json --tenant contoso"));

    [Test]
    public async Task A_blocked_plan_is_planned_again_with_what_is_to_be_allowed_and_what_was()
    {
        CommandContext allowed = Typed with { Allow = ["deletes=3", "protected=ann@contoso.com"], Reason = "leavers", Incremental = false };

        Assert.That(await PlanAsync(new PlanOrigin.Source(), allowed, Deletes), Is.EqualTo((string[])
        [
            "provision plan '/data/hr list.csv' --delta --allow protected=ann@contoso.com --allow deletes=5 --reason leavers --config /etc/contoso.json",
        ]));
    }

    [Test]
    public async Task A_blocked_plan_that_was_saved_is_saved_again() =>
        Assert.That((await PlanAsync(new PlanOrigin.Source(), Saved, Deletes)).Single(),
            Does.Contain(" --out /tmp/p.json ").And.Contain(" --allow deletes=5 "));

    [Test]
    public async Task Where_plans_are_approved_the_second_person_allows_what_blocks() =>
        Assert.That(await PlanAsync(new PlanOrigin.Source(), Saved with { Approval = ApprovalState.Missing }, Deletes), Is.EqualTo((string[])
            ["provision approve /tmp/p.json --allow deletes=5 --reason TEXT --config /etc/contoso.json"]));

    [TestCase(RunOutcome.Running, "show")]
    [TestCase(RunOutcome.Interrupted, "resume")]
    [TestCase(RunOutcome.Succeeded, "recovery", "audit", "undo")]
    [TestCase(RunOutcome.Partial, "recovery", "plan")]
    [TestCase(RunOutcome.Failed, "doctor", "resume")]
    [TestCase(RunOutcome.Blocked, "plan")]
    public async Task After_a_run_comes_what_its_outcome_asks_for(RunOutcome outcome, params string[] verbs)
    {
        string[] commands = await CommandsAsync(Runs.Report(outcome) with { Context = Typed });

        Assert.That(commands.Select(static command => command.Split(' ')[1]), Is.EqualTo(verbs));
        Assert.That(commands, Has.All.EndsWith(" --config /etc/contoso.json"));
    }

    [Test]
    public async Task A_run_says_until_when_it_can_be_undone()
    {
        Report run = Runs.Report(RunOutcome.Succeeded) with { Context = Typed with { UndoMaxAge = TimeSpan.FromDays(3) } };
        FindingCounter tally = await FindingCounter.OfAsync(run, 1, default);

        Assert.That(NextSteps.From(run, tally)[^1].Text, Is.EqualTo("It can be undone until 2026-03-04 22:32 UTC:"));
    }

    [TestCase(OperationAction.Add, OperationOutcome.Done, true)]
    [TestCase(OperationAction.Delete, OperationOutcome.Done, false)]
    [TestCase(OperationAction.Add, OperationOutcome.Failed, false)]
    public async Task Undo_is_proposed_only_where_it_brings_something_back(OperationAction action, OperationOutcome outcome, bool memberships)
    {
        HashSet<Part> comesBack = outcome == OperationOutcome.Done ? [Part.Phones, Part.Email, Part.SmsSignIn, Part.PreferredMethod] : [];
        if (memberships) comesBack.Add(Part.Membership);
        Report run = Runs.Report(RunOutcome.Succeeded) with { Context = Typed };
        UserEntry user = await run.Users(default).FirstAsync();
        foreach (Part part in Enum.GetValues<Part>())
        {
            OperationEntry only = user.Operations[0] with { Part = part, Action = action, Outcome = outcome, Error = null };
            Report one = run with { Users = _ => new[] { user with { Operations = [only] } }.ToAsyncEnumerable() };

            Assert.That((await CommandsAsync(one)).Any(command => command.StartsWith("provision undo", StringComparison.Ordinal)),
                Is.EqualTo(comesBack.Contains(part)), $"{part}");
        }
    }

    [Test]
    public async Task An_invitation_does_not_say_of_whom_it_is_for_that_they_have_only_a_phone()
    {
        Report plan = Sample.Report(Sample.Head(null), People.Adds);
        FindingCounter tally = await FindingCounter.OfAsync(plan, 1, default);
        string[] Said(PlanOrigin origin) => [.. CrossCheck.From(plan.Head with { Origin = origin, Summary = plan.Head.Summary with { OnlyPhone = 3 } }, tally)
            .Select(check => check.What)];
        Assert.That(Said(new PlanOrigin.Migration(PlanOrigin.Migration.Invite)), Is.Empty);
        Assert.That(Said(new PlanOrigin.Migration(PlanOrigin.Migration.Cleanup)), Has.One.Contains("phone as their only method"));
    }

    [TestCase("a b", "'a b'")]
    [TestCase("it's", "'it'\\''s'")]
    [TestCase("$(rm)", "'$(rm)'")]
    [TestCase("", "''")]
    [TestCase("/data/hr-1.csv", "/data/hr-1.csv")]
    [Platform(Exclude = "Win")]
    public void A_word_is_quoted_where_a_shell_would_change_it(string word, string quoted) => Assert.That(ShellWord.Quote(word), Is.EqualTo(quoted));

    private static async Task<string[]> PlanAsync(PlanOrigin origin, CommandContext context, params GuardrailVerdict[] guardrails) =>
        await CommandsAsync(Sample.Report(Sample.Head(null, guardrails) with { Origin = origin }, People.Adds) with { Context = context });

    private static async Task<string[]> CommandsAsync(Report report) =>
        [.. NextSteps.From(report, await FindingCounter.OfAsync(report, 1, default)).Select(static step => step.Command).OfType<string>()];
}
