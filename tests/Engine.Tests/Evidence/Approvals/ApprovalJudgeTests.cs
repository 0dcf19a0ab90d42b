using System.Collections.Immutable;
using ProvisioningConnector.Engine.Evidence.Approvals;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Tests.Evidence.Approvals;

public sealed class ApprovalJudgeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    [TestCase(ApprovalRule.Never, 5, 5, ExpectedResult = false)]
    [TestCase(ApprovalRule.Deletes, 5, 0, ExpectedResult = false)]
    [TestCase(ApprovalRule.Deletes, 0, 1, ExpectedResult = true)]
    [TestCase(ApprovalRule.Always, 1, 0, ExpectedResult = true)]
    [TestCase(ApprovalRule.Always, 0, 0, ExpectedResult = false)]
    public bool A_plan_needs_an_approval_by_what_it_does(ApprovalRule rule, int adds, int deletes) =>
        ApprovalJudge.Needs(rule, Plan() with { Summary = new() { Operations = new(Add: adds, Delete: deletes) } });

    [TestCase(PlanOrigin.Migration.Cleanup, true, "", ExpectedResult = true)]
    [TestCase(PlanOrigin.Migration.Default, true, "", ExpectedResult = false)]
    [TestCase(PlanOrigin.Migration.Default, true, "root@contoso.com", ExpectedResult = true)]
    [TestCase(PlanOrigin.Migration.Default, false, "", ExpectedResult = true)]
    public bool Removing_phones_and_changing_administrators_in_a_migration_needs_an_approval_whatever_the_rule(string step, bool protects, string allowed) =>
        ApprovalJudge.Needs(ApprovalRule.Never, Plan() with
        {
            Origin = new PlanOrigin.Migration(step),
            Limits = new GuardrailLimits { ProtectPrivileged = protects },
            Allowances = allowed.Length == 0 ? Allowances.None : Allowances.None with { ProtectedUsers = Allowances.None.ProtectedUsers.Add(allowed) },
        });

    [Test]
    public void An_approval_by_another_person_lets_the_plan_go() => Assert.That(Judge(Given()), Is.InstanceOf<ApprovalVerdict.Granted>());

    [TestCaseSource(nameof(Unfit))]
    public void An_approval_that_does_not_fit_does_not_count(string _, Approval approval, string applier) =>
        Assert.That(Under(ApprovalRule.Always).Judge(Plan(), "seal", [approval], applier, Noon), Is.InstanceOf<ApprovalVerdict.Missing>());

    private static IEnumerable<TestCaseData> Unfit()
    {
        yield return new("of another plan", Given() with { PlanId = "p2" }, "carl@here");
        yield return new("of another content", Given() with { PlanSeal = "other" }, "carl@here");
        yield return new("of another tenant", Given() with { TenantId = "t2" }, "carl@here");
        yield return new("expired", Given() with { ExpiresAt = Noon }, "carl@here");
        yield return new("by the planner", Given() with { Approver = "anna@here" }, "carl@here");
        yield return new("by the planner on another machine", Given() with { Approver = "Anna@there" }, "carl@here");
        yield return new("by the applier", Given(), "bob@here");
    }

    [Test]
    public void The_planner_may_apply_what_another_person_approved() =>
        Assert.That(Under(ApprovalRule.Always).Judge(Plan(), "seal", [Given()], "anna@here", Noon), Is.InstanceOf<ApprovalVerdict.Granted>());

    [TestCase(12, ExpectedResult = true)]
    [TestCase(13, ExpectedResult = true)]
    [TestCase(11, ExpectedResult = false)]
    public bool A_blocked_guardrail_passes_up_to_the_number_allowed(long allowed) =>
        Under(ApprovalRule.Never).Judge(Blocked(), "seal", [Allowing(("deletes", allowed))],
            "carl@here", Noon) is ApprovalVerdict.Granted { Plan.Applyable: true };

    [Test]
    public void Another_allowance_lifts_nothing() =>
        Assert.That(Under(ApprovalRule.Never).Judge(Blocked(), "seal", [Allowing(("updates", 99))], "carl@here", Noon),
            Is.InstanceOf<ApprovalVerdict.Missing>());

    [Test]
    public void A_block_that_no_option_allows_stays() =>
        Assert.That(Under(ApprovalRule.Never).Judge(Blocked(new GuardrailVerdict("ProtectPrivileged", Verdict.Blocked, null, null, null, "unreadable")),
            "seal", [Allowing(("deletes", 12))], "carl@here", Noon), Is.InstanceOf<ApprovalVerdict.Missing>());

    [Test]
    public void Two_approvals_do_not_add_up() =>
        Assert.That(Under(ApprovalRule.Never).Judge(Blocked(new GuardrailVerdict("MaxUpdates", Verdict.Blocked, 1, 5, "--allow updates=5", "")),
            "seal", [Allowing(("deletes", 12)), Allowing(("updates", 5))], "carl@here", Noon), Is.InstanceOf<ApprovalVerdict.Missing>());

    [Test]
    public void Every_value_of_an_approval_is_under_its_seal()
    {
        Approval sealedOne = ApprovalSeal.Seal(Allowing(("deletes", 12)), Key);
        Approval[] edited =
        [
            sealedOne with { ApprovalId = "a2" }, sealedOne with { PlanId = "p2" }, sealedOne with { PlanSeal = "x" }, sealedOne with { TenantId = "x" },
            sealedOne with { Approver = "eve@here" }, sealedOne with { At = Noon.AddTicks(1) },
            sealedOne with { Reason = "x" }, sealedOne with { ExpiresAt = Noon.AddDays(9) },
            sealedOne with { Allowances = sealedOne.Allowances.SetItem("deletes", 13) }, sealedOne with { Allowances = sealedOne.Allowances.Clear() },
            sealedOne with { Seal = "" },
        ];
        Assert.That(ApprovalSeal.IsIntact(sealedOne, Key), Is.True);
        Assert.That(edited.Select(e => ApprovalSeal.IsIntact(e, Key)), Is.All.False);
        Assert.That(typeof(Approval).GetProperties().Count(p => p.CanWrite), Is.EqualTo(10), "a new property must be sealed too");
    }

    private static ApprovalJudge Under(ApprovalRule rule) => new(rule, Approvers.None);

    private static ApprovalVerdict Judge(Approval approval) => Under(ApprovalRule.Always).Judge(Plan(), "seal", [approval], "carl@here", Noon);

    private static Approval Given() => new()
    {
        ApprovalId = "a1", PlanId = "p1", PlanSeal = "seal", TenantId = "t1", Approver = "bob@here",
        At = Noon.AddHours(-1), Reason = "looked at", ExpiresAt = Noon.AddHours(1),
    };

    private static Approval Allowing(params (string Key, long Number)[] allowed) =>
        Given() with { Allowances = allowed.ToImmutableSortedDictionary(a => a.Key, a => a.Number, StringComparer.Ordinal) };

    private static PlanHeader Blocked(params GuardrailVerdict[] more) =>
        Plan() with { Guardrails = [new GuardrailVerdict("MaxDeletes", Verdict.Blocked, 10, 12, "--allow deletes=12", "too many"), .. more] };

    private static PlanHeader Plan() => new()
    {
        PlanId = "p1", CreatedAt = Noon.AddHours(-2), ToolVersion = "1", Actor = "anna@here", Tenant = new TenantIdentity("contoso", "t1", "Global", false),
        Origin = new PlanOrigin.Source(), Source = new SourceIdentity("hr.csv", null, 3, false),
        Policy = PlanningPolicy.Default, Limits = new GuardrailLimits(), Summary = new() { Operations = new(Delete: 12) },
    };
}
