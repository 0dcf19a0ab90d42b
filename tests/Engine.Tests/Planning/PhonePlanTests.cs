using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Tests.Planning.Laws;
using ProvisioningConnector.Engine.Tests.Planning.Reference;

namespace ProvisioningConnector.Engine.Tests.Planning;

/// <summary>Every state of the three phone slots, exhaustively, against the laws of design 5.</summary>
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
            from lastMethod in Enum.GetValues<LastMethodPolicy>()
            from fido2 in new[] { 0, OtherMethods.Fido2 }
            select new Sketch(phones)
            {
                Others = fido2,
                Policy = new PlanningPolicy
                {
                    SameNumberInTwoSlots = sameNumber, AlternateOnly = alternateOnly, Overwrite = overwrite, AddPhone = addPhone, LastMethod = lastMethod,
                },
            });
}
