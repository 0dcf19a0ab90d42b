using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.TestKit;

namespace ProvisioningConnector.Engine.Tests.Migration.Invite;

/// <summary>What is planned of membership, enumerated over what is known, what is wanted and what is held (docs/retirement.md#invite).</summary>
public sealed class MembershipPlanTests
{
    private const string Group = "group-1";

    private static readonly GroupMembership?[] Known = [null, new(Group, true), new(Group, false), new("group-2", true), new("group-2", false)];
    private static readonly GroupMembership?[] Wanted = [null, new(Group, true), new("GROUP-1", true), new(Group, false)];

    [Test]
    public void A_membership_is_changed_exactly_where_it_is_known_and_wanted_otherwise()
    {
        int changed = 0;
        foreach (GroupMembership? known in Known)
        {
            foreach (GroupMembership? wanted in Wanted)
            {
                foreach (bool isHeld in (bool[])[false, true])
                {
                    UserPlan plan = Plan(known, wanted, isHeld);
                    string what = $"{known} {wanted} {isHeld}";
                    bool isKnown = known is not null && known.IsOf(Group);
                    bool differs = wanted is not null && known?.IsMember != wanted.IsMember;
                    Operation[] expected = wanted is null || !isKnown || !differs || isHeld ? []
                        : wanted.IsMember ? [new Operation.AddMember(wanted.Group, Reason.Missing)]
                        : [new Operation.RemoveMember(wanted.Group, Reason.NotWanted)];
                    Assert.That(plan.Operations, Is.EqualTo(expected), what);
                    Assert.That(plan.Situation, Is.EqualTo(expected.Length > 0 ? Situation.Changed
                        : wanted is null || (isKnown && !differs) ? Situation.Equal : Situation.Held), what);
                    if (wanted is not null && !isKnown && !isHeld) Assert.That(plan.Held.Single().Code, Is.EqualTo(HoldCodes.FactUnknown), what);
                    changed += expected.Length;
                }
            }
        }

        Assert.That(changed, Is.EqualTo(3));
    }

    [Test]
    public void Methods_are_left_alone_and_a_person_keeps_them_all()
    {
        CurrentMethods current = Some.User.Mobile("+1 2065550100") with { Membership = new(Group, false) };
        UserPlan plan = Planner.Plan(new PlanRequest(current, new DesiredMethods { Membership = new(Group, true) }, new PlanningPolicy(), default, Holds.None));
        Assert.That((plan.Operations.Length, plan.MethodsBefore, plan.MethodsAfter, plan.LosesLastPhone), Is.EqualTo((1, 1, 1, false)));
    }

    private static UserPlan Plan(GroupMembership? known, GroupMembership? wanted, bool isHeld)
    {
        Holds holds = isHeld ? Holds.None with { User = new HoldReason(HoldCodes.Protected, true, "held") } : Holds.None;
        return Planner.Plan(new PlanRequest(
            CurrentMethods.Nothing with { Membership = known }, new DesiredMethods { Membership = wanted }, new PlanningPolicy(), default, holds));
    }
}
