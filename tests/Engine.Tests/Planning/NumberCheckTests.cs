using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.Pipeline;

namespace ProvisioningConnector.Engine.Tests.Planning;

/// <summary>What follows from a second opinion on the numbers of one user (docs/safety.md#second-opinion-on-numbers).</summary>
public sealed class NumberCheckTests
{
    private const string New = "+1 2065550100";
    private const string Other = "+1 2065550101";
    private const string Old = "+1 2065550199";

    private static readonly NumberOpinion Unassigned = new(NumberLine.Unknown, IsPossible: true, IsAssigned: false);
    private static readonly NumberOpinion TooLong = new(NumberLine.Unknown, IsPossible: false, IsAssigned: false);

    /// <summary>Lines, the slot, and the code of the objection; none for lines that are one person's.</summary>
    public static IEnumerable<TestCaseData> Lines()
    {
        foreach (NumberLine line in Enum.GetValues<NumberLine>().Except([NumberLine.Unknown]))
        {
            foreach (PhoneType slot in Enum.GetValues<PhoneType>())
            {
                string? code = line switch
                {
                    NumberLine.FixedLine => slot == PhoneType.Mobile ? "mobileIsFixedLine" : null,
                    NumberLine.TollFree or NumberLine.SharedCost or NumberLine.Company or NumberLine.Pager or NumberLine.Voicemail => "numberNotPersonal",
                    NumberLine.Premium => "numberPremium",
                    _ => null,
                };
                yield return new TestCaseData(new NumberOpinion(line, true, true), slot, code);
            }
        }

        yield return new TestCaseData(Unassigned, PhoneType.Mobile, "numberNotAssigned");
    }

    [TestCaseSource(nameof(Lines))]
    public void An_objection_is_a_warning_nothing_or_a_hold_as_the_policy_says(NumberOpinion opinion, PhoneType slot, string? code)
    {
        foreach (NumberPolicy policy in Enum.GetValues<NumberPolicy>())
        {
            CurrentMethods user = slot == PhoneType.AlternateMobile ? Some.User.Mobile(Old) : Some.User.With(MethodKind.MicrosoftAuthenticator);
            UserPlan plan = Plan(opinion, user, slot switch
            {
                PhoneType.Mobile => Some.Desired.Mobile(New),
                PhoneType.AlternateMobile => Some.Desired.AlternateMobile(New),
                PhoneType.Office => Some.Desired.Office(New),
            }, All(policy));

            bool isHeld = code is not null && policy == NumberPolicy.Hold;
            Assert.That(plan.Situation, Is.EqualTo(isHeld ? Situation.Held : Situation.Changed), $"{policy}");
            Assert.That(Plans.Held(plan), Is.EqualTo(isHeld ? new[] { $"phones: {code}" } : []), $"{policy}");
            Assert.That(Plans.Codes(plan), Is.EqualTo(code is not null && policy == NumberPolicy.Warn ? new[] { code } : []), $"{policy}");
            Assert.That(plan.Held.Select(held => held.Standing), Has.None.True);
        }
    }

    [Test]
    public void Each_policy_is_about_its_own_objection()
    {
        UserPlan plan = Plan(new NumberOpinion(NumberLine.Premium, true, true), Some.User, Some.Desired.Mobile(New),
            All(NumberPolicy.Hold) with { Premium = NumberPolicy.Off });
        Assert.That((Plans.Held(plan), Plans.Codes(plan)), Is.EqualTo((Array.Empty<string>(), Array.Empty<string>())));
    }

    [TestCase(NumberPolicy.Warn, "", "numberLength"), TestCase(NumberPolicy.Off, "", "numberLength"),
        TestCase(NumberPolicy.Hold, "phones: numberNotAssigned", "numberLength")]
    public void A_wrong_length_is_always_a_warning_and_counts_as_not_assigned_only_where_that_holds(NumberPolicy policy, string held, string warned)
    {
        UserPlan plan = Plan(TooLong, Some.User, Some.Desired.Mobile(New), All(policy));
        Assert.That((string.Join(',', Plans.Held(plan)), string.Join(',', Plans.Codes(plan))), Is.EqualTo((held, warned)));
    }

    [Test]
    public void Only_numbers_that_would_be_written_are_asked_about_unless_all_are_wanted([Values] bool isOfAll)
    {
        FixedOpinion opinion = new();
        CurrentMethods user = Some.User.Mobile(Old);
        new CheckedPlanner(opinion, isOfAll).Plan(Request(user, Some.Desired.Mobile(Old).Office(New), new NumberPolicies()));
        Assert.That(opinion.Asked.Select(number => number.Canonical()), Is.EqualTo(isOfAll ? new[] { New, Old } : [New]));
    }

    [Test]
    public void A_number_that_is_there_already_is_warned_of_and_never_held()
    {
        FixedOpinion opinion = new() { [Some.Number(Old)] = Unassigned };
        UserPlan plan = new CheckedPlanner(opinion, isOfAll: true).Plan(Request(Some.User.Mobile(Old), Some.Desired.Mobile(Old), All(NumberPolicy.Hold)));
        Assert.That((plan.Situation, Plans.Codes(plan)), Is.EqualTo((Situation.Equal, new[] { "numberNotAssigned" })));
    }

    [Test]
    public void A_held_number_leaves_the_rest_of_the_user_and_keeps_the_last_method()
    {
        CurrentMethods user = Some.User.With(MethodKind.MicrosoftAuthenticator);
        DesiredMethods desired = Some.Desired.Mobile(New).Email("kim@example.org").Remove(MethodKind.MicrosoftAuthenticator);
        UserPlan plan = Plan(Unassigned, user, desired, All(NumberPolicy.Hold));
        Assert.That(Plans.Writes(plan), Is.EqualTo(new[] { "add kim@example.org" }));
        Assert.That(Plans.Held(plan), Is.EqualTo(new[] { "phones: numberNotAssigned", "microsoftAuthenticator: lastMethod" }));
    }

    [Test]
    public void Planned_again_under_its_hold_a_user_is_reported_the_same()
    {
        FixedOpinion opinion = new() { [Some.Number(New)] = Unassigned, [Some.Number(Other)] = TooLong };
        CheckedPlanner check = new(opinion);
        PlanRequest request = Request(Some.User, Some.Desired.Mobile(New).Office(Other), All(NumberPolicy.Hold));
        UserPlan first = check.Plan(request);
        HeldPart held = first.Held.Single();
        UserPlan again = check.Plan(request with { Holds = Holds.None.WithPart(held.Part, new HoldReason(held.Code, held.Standing, held.Message)) });
        Assert.That(Plans.Codes(first), Is.EqualTo(new[] { "numberNotAssigned", "numberLength" }));
        Assert.That((again.Held.Single(), string.Join(' ', Plans.Codes(again))), Is.EqualTo((held, string.Join(' ', Plans.Codes(first)))));
    }

    [Test]
    public void No_message_shows_the_number()
    {
        foreach (NumberPolicy policy in (NumberPolicy[])[NumberPolicy.Warn, NumberPolicy.Hold])
        {
            foreach (NumberLine line in Enum.GetValues<NumberLine>())
            {
                UserPlan plan = Plan(new NumberOpinion(line, false, false), Some.User, Some.Desired.Mobile(New), All(policy));
                string[] messages = [.. plan.Diagnostics.Select(d => d.Message), .. plan.Held.Select(held => held.Message)];
                Assert.That(messages, Is.Not.Empty.And.All.Contains("••••").And.None.Contains("5550100"));
            }
        }
    }

    [Test]
    public void The_opinion_changes_nothing_that_is_written()
    {
        foreach (NumberLine line in Enum.GetValues<NumberLine>())
        {
            PlanRequest request = Request(Some.User.Mobile(Old).Office(Other), Some.Desired.Mobile(New).Office("none"), All(NumberPolicy.Warn));
            UserPlan plan = new CheckedPlanner(new FixedOpinion { [Some.Number(New)] = new(line, false, false) }).Plan(request);
            Assert.That(Plans.Writes(plan), Is.EqualTo(Plans.Writes(Planner.Plan(request))));
        }
    }

    private static UserPlan Plan(NumberOpinion opinion, CurrentMethods user, DesiredMethods desired, NumberPolicies policies) =>
        new CheckedPlanner(new FixedOpinion { [Some.Number(New)] = opinion }).Plan(Request(user, desired, policies));

    private static PlanRequest Request(CurrentMethods user, DesiredMethods desired, NumberPolicies policies) =>
        new(user, desired, new PlanningPolicy { Numbers = policies }, default, Holds.None);

    private static NumberPolicies All(NumberPolicy policy) =>
        new() { NotAssigned = policy, MobileIsFixedLine = policy, NotPersonal = policy, Premium = policy };
}
