using System.Collections.Immutable;
using ProvisioningConnector.Engine.Actions;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Tests.Actions;

/// <summary>Plans of actions, for every user made of three phones and six kinds of method with every default: 512 users times seven defaults.</summary>
public sealed class ClearingLaws
{
    private static readonly ImmutableArray<MethodKind> Kinds =
        [MethodKind.MicrosoftAuthenticator, MethodKind.SoftwareOath, MethodKind.HardwareOath,
            MethodKind.Fido2, MethodKind.TemporaryAccessPass, MethodKind.QrCodePin];

    private static IEnumerable<CurrentMethods> Users()
    {
        for (int bits = 0; bits < 1 << 9; bits++)
        {
            CurrentMethods user = new()
            {
                Unread = KindSet.None,
                Others = [new AuthenticationMethod(MethodKind.Password, "p"),
                    .. Kinds.Where((_, i) => (bits & (8 << i)) != 0).Select(k => new AuthenticationMethod(k, k.Name()))]
            };
            if ((bits & 1) != 0) user = user with { Mobile = CurrentSlot.FromGraph("+1 2065550100") };
            if ((bits & 2) != 0) user = user with { AlternateMobile = CurrentSlot.FromGraph("+1 2065550101") };
            if ((bits & 4) != 0) user = user with { Office = CurrentSlot.FromGraph("+1 2065550102") };
            if (!ServiceRules.IsLegal(PhoneSlots.From(user))) continue;
            yield return user with { Default = DefaultMethod.None };
            foreach (PreferredMethod method in Enum.GetValues<PreferredMethod>())
            {
                if (Goal(user, method)) yield return user with { Default = DefaultMethod.From(method) };
            }
        }
    }

    [Test]
    public void A_user_who_is_cleared_out_goes_through_legal_states_and_loses_the_default_last()
    {
        int users = 0;
        foreach (UserAction action in (UserAction[])[new UserAction.RequireReregister(null), new UserAction.RequireReregister(new PassRequest()),
            new UserAction.Offboard()])
        {
            foreach (CurrentMethods user in Users())
            {
                users++;
                UserPlan plan = Plan(action, user);
                CurrentMethods state = user;
                Assert.That(plan.Held, Is.Empty);
                foreach (Operation operation in plan.Operations)
                {
                    state = After(state, operation);
                    Assert.That(ServiceRules.IsLegal(PhoneSlots.From(state)), Is.True, $"{action} {user.Default} {operation}");
                }

                Assert.That(state.PhoneCount, Is.Zero);
                Assert.That(state.Others.Where(o => Goes(action, o.Kind)), Is.Empty);
                DefaultIsLast(plan, user);
                Assert.That(plan.Operations.Count(o => o is Operation.IssuePass),
                    Is.EqualTo(action is UserAction.RequireReregister { Pass: not null } ? 1 : 0));
            }
        }

        Assert.That(users, Is.GreaterThan(3_000));
    }

    [Test]
    public void A_removed_mobile_never_leaves_an_alternate_alone_and_loses_no_number_but_its_own()
    {
        foreach (CurrentMethods user in Users().Where(u => !u.Mobile.IsEmpty))
        {
            foreach (SameNumberPolicy policy in Enum.GetValues<SameNumberPolicy>())
            {
                UserPlan plan = Plan(new UserAction.RemovePhone(PhoneType.Mobile), user,
                    new PlanningPolicy { SameNumberInTwoSlots = policy, LastMethod = LastMethodPolicy.Allow, DefaultMethod = DefaultMethodPolicy.Leave },
                    knowsDefault: false);
                PhoneSlots slots = PhoneSlots.From(user);
                foreach (Operation operation in plan.Operations)
                {
                    slots = slots.After(operation);
                    Assert.That(ServiceRules.IsLegal(slots), Is.True);
                    if (policy == SameNumberPolicy.Avoid) Assert.That(ServiceRules.HasOneNumberTwice(slots), Is.False);
                }

                if (plan.Held.IsEmpty) Assert.That(slots, Is.EqualTo(new PhoneSlots(user.AlternateMobile, CurrentSlot.Empty, user.Office)));
            }
        }
    }

    [Test]
    public void Policies_still_hold_for_everything_that_does_not_say_otherwise()
    {
        CurrentMethods user = new() { Mobile = CurrentSlot.FromGraph("+1 2065550100"), Default = DefaultMethod.None };

        UserPlan plan = Plan(new UserAction.RemovePhone(PhoneType.Mobile), user);

        Assert.That(plan.Held.Single().Code, Is.EqualTo(HoldCodes.LastMethod));
    }

    private static UserPlan Plan(UserAction action, CurrentMethods user, PlanningPolicy? policy = null, bool knowsDefault = true)
    {
        CurrentMethods current = knowsDefault ? user : user with { Default = DefaultMethod.None };
        DesiredChange.Valid desired = (DesiredChange.Valid)ActionDesires.For(action, current, MethodPolicies.NotRead);
        return Planner.Plan(new PlanRequest(current, desired.Desired, policy ?? PlanningPolicy.Default, default, Holds.None));
    }

    private static void DefaultIsLast(UserPlan plan, CurrentMethods user)
    {
        if (user.Default.Knowledge != DefaultMethodKnowledge.Known) return;
        PreferredMethod now = plan.Operations.OfType<Operation.Prefer>().Select(p => p.Method).LastOrDefault(user.Default.Method);
        bool[] takes = [.. plan.Operations.Where(o => o is Operation.DeletePhone or Operation.RemoveMethod
            or Operation.DeactivateToken or Operation.DeleteEmail).Select(o => Takes(o, now))];
        Assert.That(takes, Is.Ordered, $"{user.Default}");
    }

    private static bool Takes(Operation operation, PreferredMethod method) => operation switch
    {
        Operation.DeletePhone delete => ServiceRules.SlotOf(method) == delete.Slot,
        Operation.RemoveMethod remove => ServiceRules.Serves(remove.Method.Kind, method),
        Operation.DeactivateToken token => ServiceRules.Serves(token.Method.Kind, method),
        _ => false,
    };

    private static bool Goes(UserAction action, MethodKind kind) => action is UserAction.Offboard
        ? kind.IsRemovable()
        : kind is MethodKind.MicrosoftAuthenticator or MethodKind.SoftwareOath or MethodKind.HardwareOath;

    private static bool Goal(CurrentMethods user, PreferredMethod method) => ServiceRules.SlotOf(method) is { } slot
        ? !user[slot].IsEmpty
        : user.Others.Any(o => ServiceRules.Serves(o.Kind, method));

    private static CurrentMethods After(CurrentMethods user, Operation operation) => operation switch
    {
        Operation.DeletePhone delete => user.With(delete.Slot, CurrentSlot.Empty),
        Operation.RemoveMethod remove => user with { Others = user.Others.Remove(remove.Method) },
        Operation.DeactivateToken token => user with { Others = user.Others.Remove(token.Method) },
        Operation.Prefer or Operation.IssuePass => user,
        _ => throw new InvalidOperationException(),
    };
}
