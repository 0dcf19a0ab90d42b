using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.TestKit;

namespace ProvisioningConnector.Engine.Tests.Model;

/// <summary>The one rule for a mobile that is named for removal, over every state and everything that is wanted of mobile and alternateMobile.</summary>
public sealed class MobileRemovalTests
{
    private static readonly PhoneNumber One = Some.Number("+1 2065550101");
    private static readonly PhoneNumber Two = Some.Number("+1 2065550102");

    private static IEnumerable<Managed<PhoneNumber>> Wanted() => [default, Managed.None<PhoneNumber>(), Managed.Value(One), Managed.Value(Two)];

    private static IEnumerable<CurrentMethods> States() =>
        from mobile in (CurrentSlot[])[CurrentSlot.Empty, CurrentSlot.From(One), CurrentSlot.From(Two)]
        from alternate in (CurrentSlot[])[CurrentSlot.Empty, CurrentSlot.From(One), CurrentSlot.From(Two), CurrentSlot.FromGraph("call me")]
        where alternate.IsEmpty || !mobile.IsEmpty
        select new CurrentMethods { Mobile = mobile, AlternateMobile = alternate };

    [Test]
    public void Of_a_row_the_number_given_for_the_alternate_becomes_the_mobile_and_nothing_else_changes()
    {
        foreach ((Managed<PhoneNumber> mobile, Managed<PhoneNumber> alternate) in Wanted().SelectMany(m => Wanted().Select(a => (m, a))))
        {
            DesiredMethods desired = new() { Mobile = mobile, AlternateMobile = alternate };
            DesiredMethods named = MobileRemoval.OfRow(desired, out Diagnostic? note);
            bool moves = mobile.Kind == ManagedKind.None && alternate.Kind == ManagedKind.Value;
            Assert.That(named, Is.EqualTo(moves ? new DesiredMethods { Mobile = alternate, AlternateMobile = Managed.None<PhoneNumber>() } : desired));
            Assert.That(note?.Code, Is.EqualTo(moves ? "alternateBecomesMobile" : null));
        }
    }

    [Test]
    public void Of_a_user_the_alternate_that_is_there_becomes_the_mobile_under_every_policy([Values] AlternateOnlyPolicy policy)
    {
        foreach ((CurrentMethods now, Managed<PhoneNumber> alternate) in States().SelectMany(s => Wanted().Select(a => (s, a))))
        {
            DesiredMethods desired = new() { Mobile = Managed.None<PhoneNumber>(), AlternateMobile = alternate };
            DesiredMethods named = MobileRemoval.OfUser(desired, now, out Diagnostic? note);
            bool unreadable = !alternate.IsManaged && now.AlternateMobile.Unreadable is not null;
            Assert.That(note is { Severity: Severity.Error, Code: MobileRemoval.AlternateUnreadable }, Is.EqualTo(unreadable), $"{now} {alternate}");
            if (unreadable) continue;
            UserPlan plan = Planner.Plan(new PlanRequest(now, named,
                new PlanningPolicy { AlternateOnly = policy, LastMethod = LastMethodPolicy.Allow }, default, Holds.None));
            Assert.That(plan.Situation, Is.Not.EqualTo(Situation.Invalid));
            PhoneSlots slots = plan.Operations.Aggregate(PhoneSlots.From(now), (s, o) => s.After(o));
            CurrentSlot expected = alternate.TryGet(out PhoneNumber given) ? CurrentSlot.From(given)
                : alternate.IsManaged ? CurrentSlot.Empty : now.AlternateMobile;
            Assert.That((slots.Mobile, slots.AlternateMobile), Is.EqualTo((expected, CurrentSlot.Empty)), $"{now} {alternate}");
        }
    }

    [Test]
    public void What_is_refused_has_one_code_and_advice_that_fits([Values] bool listed)
    {
        DesiredMethods desired = new() { Mobile = Managed.None<PhoneNumber>(), AlternateMobile = listed ? Managed.Value(Two) : default };
        Diagnostic refused = Planner.Plan(new PlanRequest(new CurrentMethods { Mobile = CurrentSlot.From(One), AlternateMobile = CurrentSlot.From(Two) },
            desired,
            PlanningPolicy.Default, default, Holds.None)).Diagnostics.Single();
        Assert.That((refused.Code, refused.Message), Is.EqualTo(("mobileUnderAlternate", refused.Message)));
        Assert.That(refused.Message, Does.Contain(listed ? "List a mobile too" : "Say what is to become of alternateMobile"));
    }
}
