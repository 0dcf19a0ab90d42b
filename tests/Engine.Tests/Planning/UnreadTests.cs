using System.Collections.Immutable;
using ProvisioningConnector.Engine.Actions;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.TestKit;

namespace ProvisioningConnector.Engine.Tests.Planning;

/// <summary>Unread is not absent: for every kind, covered by the reading or not, and for every set of kinds that a reading may leave out.</summary>
public sealed class UnreadTests
{
    private const string Address = "kim@example.org";

    /// <summary>A user with two phones, the e-mail method and one method of every kind, all of it read.</summary>
    private static CurrentMethods Everything { get; } = Some.User.Mobile("+1 2065550100").Office("+1 2065550102").Email(Address)
        .With([.. MethodKinds.Removable]);

    private static IEnumerable<KindSet> Kinds() => Enum.GetValues<KindSet>().Where(kind => kind != KindSet.None);

    /// <summary>Every set of kinds that a source or verb can change.</summary>
    private static IEnumerable<KindSet> Sets()
    {
        for (int bits = 0; bits <= (int)KindSets.All; bits++) yield return (KindSet)bits;
    }

    [TestCaseSource(nameof(Kinds))]
    public void What_is_wanted_of_an_unread_kind_is_held_and_decided_where_it_was_read(KindSet kind)
    {
        foreach (DesiredMethods desired in Desired(kind))
        {
            UserPlan blind = Plans.Plan(Everything.Unread(kind), desired);
            Assert.That((blind.Situation, blind.Operations.Length), Is.EqualTo((Situation.Held, 0)), $"{kind}");
            Assert.That(blind.Held.Select(h => (h.Part.Name(), h.Code, h.Standing)), Is.EqualTo(new[] { (kind.Names()[0], HoldCodes.NotOffered, false) }));
            Assert.That(Plans.Codes(blind), Does.Not.Contain("methodNotThere"), "it may be there");

            Assert.That(Plans.Plan(Everything, desired).Operations, Has.Length.EqualTo(1), $"{kind}");
        }
    }

    [TestCaseSource(nameof(Kinds))]
    public void A_reading_that_does_not_cover_a_kind_shows_no_removal_of_it(KindSet kind)
    {
        Operation operation = kind.HasEmail()
            ? new Operation.DeleteEmail(new CurrentEmail("email-1", Address), Reason.NotWanted)
            : new Operation.RemoveMethod(Some.Method(kind.Kinds().Single()), Reason.NotWanted);
        CurrentMethods gone = Everything.Unread(kind);
        Assert.That(ApprovedOperations.IsInPlace(operation, gone), Is.False);
        Assert.That(ApprovedOperations.IsInPlace(operation, gone with { Unread = KindSet.None }), Is.True);
    }

    [Test]
    public void An_unread_kind_holds_nothing_but_itself_and_counts_nowhere()
    {
        int sets = 0;
        foreach (KindSet unread in Sets())
        {
            sets++;
            CurrentMethods seen = Everything.Unread(unread);
            DesiredChange.Valid wanted = (DesiredChange.Valid)ActionDesires.For(new UserAction.Offboard(), seen, MethodPolicies.NotRead);
            UserPlan plan = Plans.Plan(seen with { Default = DefaultMethod.None }, wanted.Desired);

            Assert.That(plan.Held.Select(h => h.Part.Name()), Is.EquivalentTo(unread.Names()), $"{unread}");
            Assert.That(plan.Held.Select(h => h.Code), Is.All.EqualTo(HoldCodes.NotOffered));
            Assert.That(plan.Operations.Where(o => unread.Names().Contains(o.Part.Name())), Is.Empty);
            Assert.That(plan.Operations, Has.Length.EqualTo(3 + MethodKinds.Removable.Length - unread.Names().Length));
            Assert.That((plan.MethodsBefore, plan.MethodsAfter), Is.EqualTo((2 + MethodKinds.Removable.Count(k => k.IsUsable() && !unread.Has(k)), 0)));
        }

        Assert.That(sets, Is.EqualTo(1 << (1 + MethodKinds.Removable.Length)));
    }

    [Test]
    public void A_row_that_wants_nothing_of_an_unread_kind_is_planned_as_ever() => Assert.That(
        Plans.Writes(Everything.Unread(KindSets.All), Some.Desired.Office("none")), Is.EqualTo(new[] { "delete office" }));

    [Test]
    public void The_last_method_that_can_be_read_is_protected_whatever_cannot() => Assert.That(
        Plans.Held(Plans.Plan(Some.User.Mobile("+1 2065550100").Unread(KindSets.All), Some.Desired.Mobile("none"))),
        Is.EqualTo(new[] { "phones: lastMethod" }));

    [Test]
    public void Of_two_reasons_to_hold_an_unread_kind_the_protection_is_named() => Assert.That(
        Plans.Held(Plans.Plan(Everything.Unread(KindSet.Fido2), Some.Desired.Remove(MethodKind.Fido2),
            holds: Holds.None with { User = new HoldReason(HoldCodes.Protected, Standing: true, "Protected.") })), Is.EqualTo(new[] { "fido2: protected" }));

    [Test]
    public void A_pass_is_not_issued_where_passes_cannot_be_read()
    {
        CurrentMethods seen = Everything.Unread(KindSet.TemporaryAccessPass);
        DesiredChange.Valid wanted = (DesiredChange.Valid)ActionDesires.For(new UserAction.IssuePass(new PassRequest()), seen, MethodPolicies.NotRead);
        Assert.That(Plans.Held(Plans.Plan(seen, wanted.Desired)), Is.EqualTo(new[] { "temporaryAccessPass: notOffered" }));
    }

    [Test]
    public void Names_of_sets_come_back_as_the_set() => Assert.That(Sets().Where(set => KindSets.Parse(set.Names()) != set), Is.Empty);

    private static IEnumerable<DesiredMethods> Desired(KindSet kind) => kind.HasEmail()
        ? [Some.Desired.Email("none"), Some.Desired.Email("new@example.org")]
        : [Some.Desired.Remove(kind.Kinds().Single()), Some.Desired.Remove(kind.Kinds().Single(), Some.Method(kind.Kinds().Single()).Id)];
}
