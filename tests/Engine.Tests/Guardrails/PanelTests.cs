using System.Collections.Immutable;
using ProvisioningConnector.Engine.Guardrails;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Tests.Guardrails;

/// <summary>Every verdict, from exact counts (docs/safety.md#guardrails).</summary>
public sealed class PanelTests
{
    private static readonly string[] Order = ["MaxDeletes", "MaxUpdates", "MaxAdds", "MaxLastPhone",
        "ReadErrors", "SharedNumber", "Protected", "ProtectPrivileged", "SourceShrink", "SourceOlder"];

    [Test]
    public void All_guardrails_speak_whatever_is_planned()
    {
        ImmutableArray<GuardrailVerdict> verdicts = Judge(new());
        Assert.That(verdicts.Select(v => v.Name), Is.EqualTo(Order));
        Assert.That(verdicts.Select(v => v.Verdict), Is.All.EqualTo(Verdict.Pass));
        Assert.That(verdicts.Select(v => v.Message), Is.All.Not.Empty);
        Assert.That(verdicts.Select(v => v.Allow), Is.All.Null);
    }

    [TestCase("MaxDeletes", "deletes")]
    [TestCase("MaxUpdates", "updates")]
    [TestCase("MaxAdds", "adds")]
    [TestCase("MaxLastPhone", "lastPhone")]
    public void A_count_is_broken_when_it_is_greater_and_an_allowance_serves_no_larger_number(string name, string key)
    {
        GuardrailLimits limits = new() { MaxDeletes = new(7, null), MaxUpdates = new(7, null), MaxAdds = new(7, null), MaxLastPhone = new(7, null) };
        Assert.That(One(name, Counting(7), limits, Allowances.None).Verdict, Is.EqualTo(Verdict.Pass));
        GuardrailVerdict broken = One(name, Counting(8), limits, Allowances.None);
        Assert.That((broken.Verdict, broken.Limit, broken.Actual, broken.Allow),
            Is.EqualTo((Verdict.Blocked, (long?)7, (long?)8, (string?)$"--allow {key}=8")));
        Assert.That(One(name, Counting(8), limits, Allowing(8)).Verdict, Is.EqualTo(Verdict.Pass));
        Assert.That(One(name, Counting(9), limits, Allowing(8)).Verdict, Is.EqualTo(Verdict.Blocked));
        Assert.That(One(name, Counting(7), limits, Allowing(3)).Verdict, Is.EqualTo(Verdict.Pass), "an allowance never tightens");
        Assert.That(One(name, Counting(8), limits with { OnBreach = BreachPolicy.Withhold }, Allowances.None).Verdict, Is.EqualTo(Verdict.Held));
    }

    [Test]
    public void A_breach_of_one_class_says_nothing_of_the_others()
    {
        GuardrailLimits limits = new() { MaxDeletes = new(1, null), MaxUpdates = Limit.None, MaxAdds = Limit.None, MaxLastPhone = Limit.None };
        Assert.That(GuardrailPanel.Judge(Counting(8), limits, Allowances.None).Where(v => v.Verdict != Verdict.Pass).Select(v => v.Name),
            Is.EqualTo(new[] { "MaxDeletes" }));
    }

    [TestCase("MaxDeletes", OperationAction.Delete)]
    [TestCase("MaxUpdates", OperationAction.Update)]
    [TestCase("MaxAdds", OperationAction.Add)]
    [TestCase("ReadErrors", OperationAction.Delete)]
    [TestCase("MaxLastPhone", null)]
    public void What_a_guardrail_withholds_is_what_it_counts(string name, OperationAction? action)
    {
        Holds holds = GuardrailPanel.Withheld([Held(name)]);
        Assert.That(holds.Actions.Keys, Is.EquivalentTo(action is { } one ? new[] { one } : []));
        Assert.That(holds.LastPhone is not null, Is.EqualTo(action is null));
        HoldReason? reason = action is { } held ? holds.Actions[held] : holds.LastPhone;
        Assert.That(reason?.Code, Is.EqualTo(char.ToLowerInvariant(name[0]) + name[1..]));
    }

    [TestCase("SharedNumber")]
    [TestCase("Protected")]
    [TestCase("ProtectPrivileged")]
    public void A_guardrail_that_holds_single_users_withholds_nothing_of_the_others(string name) =>
        Assert.That(GuardrailPanel.Withheld([Held(name)]), Is.EqualTo(Holds.None));

    [Test]
    public void A_guardrail_that_holds_something_unknown_does_not_pass_in_silence() =>
        Assert.That(() => GuardrailPanel.Withheld([Held("MaxOfSomethingNew")]), Throws.InstanceOf<System.Diagnostics.UnreachableException>());

    [TestCase(10, Verdict.Pass)]
    [TestCase(11, Verdict.Held)]
    [TestCase(100, Verdict.Held)]
    [TestCase(101, Verdict.Blocked)]
    public void Read_errors_over_the_limit_hold_the_deletions_and_over_ten_times_block(long notRead, Verdict expected)
    {
        PlanMeasures plan = Measures(new Summary { NotRead = notRead, Equal = 1000 - notRead }, 1000 - notRead) with { Asked = 1000 };
        Assert.That(One("ReadErrors", plan, new(), Allowances.None).Verdict, Is.EqualTo(expected));
        Assert.That(One("ReadErrors", plan, new() { OnBreach = BreachPolicy.Withhold }, Allowances.None).Verdict, Is.EqualTo(expected));
        Assert.That(One("ReadErrors", plan, new(), new() { ReadErrors = notRead }).Verdict, Is.EqualTo(Verdict.Pass));
        Holds holds = GuardrailPanel.Withheld(GuardrailPanel.Judge(plan, new(), Allowances.None));
        Assert.That(holds.Actions.ContainsKey(OperationAction.Delete), Is.EqualTo(expected == Verdict.Held));
    }

    [Test]
    public void Who_is_privileged_must_be_known_unless_it_is_off()
    {
        PlanMeasures unreadable = Measures(new(), 0) with { PrivilegedUnreadable = new ServiceError(ErrorKind.Forbidden, "PP403", "Forbidden.") };
        Assert.That(One("ProtectPrivileged", unreadable, new(), Allowances.None).Verdict, Is.EqualTo(Verdict.Blocked));
        Assert.That(One("ProtectPrivileged", unreadable, new() { OnBreach = BreachPolicy.Withhold }, Allowances.None).Verdict, Is.EqualTo(Verdict.Blocked));
        Assert.That(One("ProtectPrivileged", unreadable, new() { ProtectPrivileged = false }, Allowances.None).Verdict, Is.EqualTo(Verdict.Pass));
    }

    private static GuardrailVerdict Held(string name) => new(name, Verdict.Held, 1, 2, null, "Too many.");

    private static ImmutableArray<GuardrailVerdict> Judge(Summary summary) => GuardrailPanel.Judge(Measures(summary, 0), new(), Allowances.None);

    private static GuardrailVerdict One(string name, PlanMeasures plan, GuardrailLimits limits, Allowances allowances) =>
        GuardrailPanel.Judge(plan, limits, allowances).Single(v => v.Name == name);

    private static PlanMeasures Counting(long count) =>
        Measures(new Summary { Changed = count, LosingLastPhone = count, Operations = new OperationCounts(Add: count, Update: count, Delete: count) }, 1000);

    private static PlanMeasures Measures(Summary summary, long population) => new() { Summary = summary, Population = population, Asked = population };

    private static Allowances Allowing(long count) => new() { Deletes = count, Updates = count, Adds = count, LastPhone = count };
}
