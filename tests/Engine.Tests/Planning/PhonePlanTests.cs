using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Tests.Planning.Laws;
using ProvisioningConnector.Engine.Tests.Planning.Reference;

namespace ProvisioningConnector.Engine.Tests.Planning;

/// <summary>Every state of the three phone slots, exhaustively, against the laws of docs/design.md#laws-of-the-planner.</summary>
public sealed class PhonePlanTests
{
    [Test]
    public void Every_state_keeps_the_laws([Values] SameNumberPolicy sameNumber, [Values] AlternateOnlyPolicy alternateOnly) =>
        PlannerLaws.Judge(PhoneCase.WithUnreadable.Select(phones => new Sketch(phones)
        {
            Policy = new PlanningPolicy { SameNumberInTwoSlots = sameNumber, AlternateOnly = alternateOnly, LastMethod = LastMethodPolicy.Allow },
        }));

    [Test]
    public void Every_state_keeps_the_laws_under_every_policy([Values] SameNumberPolicy sameNumber, [Values] AlternateOnlyPolicy alternateOnly) =>
        PlannerLaws.Judge(
            from phones in PhoneCase.All
            from overwrite in Enum.GetValues<OverwritePolicy>()
            from addPhone in Enum.GetValues<AddPhonePolicy>()
            from others in new[] { (Has: 0, LastMethod: LastMethodPolicy.Refuse), (Has: OtherMethods.Fido2, LastMethod: LastMethodPolicy.Allow) }
            select new Sketch(phones)
            {
                Others = others.Has,
                Policy = new PlanningPolicy
                {
                    SameNumberInTwoSlots = sameNumber, AlternateOnly = alternateOnly, Overwrite = overwrite,
                    AddPhone = addPhone, LastMethod = others.LastMethod,
                },
            });

    [Test]
    public void A_broken_off_plan_is_taken_up_where_it_was([Values] SameNumberPolicy sameNumber) =>
        PlannerLaws.Judge(
            PhoneCase.WithUnreadable.Select(phones => new Sketch(phones)
            {
                Policy = new PlanningPolicy
                {
                    SameNumberInTwoSlots = sameNumber,
                    LastMethod = LastMethodPolicy.Allow
                }
            }),
            [ConvergenceLaws.A_plan_taken_up_on_the_way_asks_for_nothing_new]);
}
