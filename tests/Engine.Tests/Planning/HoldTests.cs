using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.TestKit;

namespace ProvisioningConnector.Engine.Tests.Planning;

/// <summary>Held parts and what must not follow from them; each was, or could be, a lock-out.</summary>
public sealed class HoldTests
{
    private static readonly HoldReason Limit = new(HoldCodes.MaxAdds, Standing: false, "A limit is reached.");

    private static readonly CurrentMethods OnlyAuthenticator = Some.User.With(MethodKind.MicrosoftAuthenticator);

    private static readonly DesiredMethods PhoneInsteadOfAuthenticator = Some.List("+1 2065550100:mobile").Remove(MethodKind.MicrosoftAuthenticator);

    [Test]
    public void A_held_phone_holds_the_removal_that_it_was_to_replace([Values] LastMethodPolicy lastMethod)
    {
        PlanningPolicy policy = new() { LastMethod = lastMethod };
        UserPlan plan = Plans.Plan(OnlyAuthenticator, PhoneInsteadOfAuthenticator, policy, Holds.None.WithPart(Part.Phones, Limit));
        Assert.That(plan.Operations, Is.Empty);
        Assert.That(Plans.Held(plan), Is.EqualTo(new[] { "phones: maxAdds", "microsoftAuthenticator: lastMethod" }));
    }

    [Test]
    public void A_held_removal_does_not_stop_the_phone() => Assert.That(
        Plans.Writes(Plans.Plan(OnlyAuthenticator, PhoneInsteadOfAuthenticator, holds: Holds.None.WithPart(Part.MicrosoftAuthenticator, Limit))),
        Is.EqualTo(new[] { "add mobile +1 2065550100" }));

    [Test]
    public void Phones_held_for_the_last_phone_leave_a_method_so_the_rest_goes_on()
    {
        CurrentMethods user = Some.User.Mobile("+1 2065550100").With(MethodKind.MicrosoftAuthenticator);
        Holds holds = Holds.None with { LastPhone = new HoldReason(HoldCodes.MaxLastPhone, Standing: false, "Too many.") };
        UserPlan plan = Plans.Plan(user, Some.List().Remove(MethodKind.MicrosoftAuthenticator), holds: holds);
        Assert.That(Plans.Writes(plan), Is.EqualTo(new[] { "delete microsoftAuthenticator-1" }));
        Assert.That(Plans.Held(plan), Is.EqualTo(new[] { "phones: maxLastPhone" }));
        Assert.That((plan.MethodsBefore, plan.MethodsAfter, plan.LosesLastPhone), Is.EqualTo((2, 1, false)));
    }

    [Test]
    public void A_phone_is_not_withheld_for_a_stronger_method_that_the_same_row_removes() => Assert.That(
        Plans.Writes(OnlyAuthenticator, PhoneInsteadOfAuthenticator, new PlanningPolicy { AddPhone = AddPhonePolicy.NoStronger }),
        Is.EqualTo(new[] { "add mobile +1 2065550100", "delete microsoftAuthenticator-1" }));

    [Test]
    public void Retired_phones_are_not_brought_back_but_corrected_and_removed()
    {
        PlanningPolicy retired = new() { Phones = PhonesPolicy.Retired };
        CurrentMethods user = Some.User.Mobile("+1 2065550100").Office("+1 2065550102").With(MethodKind.MicrosoftAuthenticator);
        Assert.That(Plans.Held(Plans.Plan(Some.User.With(MethodKind.MicrosoftAuthenticator), Some.Desired.Mobile("+1 2065550100"), retired)),
            Is.EqualTo(new[] { "phones: phonesRetired" }));
        Assert.That(Plans.Writes(user, Some.Desired.Mobile("+1 2065550109").Office("none"), retired),
            Is.EqualTo(new[] { "update mobile +1 2065550109", "delete office" }));
    }

    [Test]
    public void A_promoted_alternate_is_the_mobile_and_stays_so()
    {
        PlanningPolicy promote = new() { AlternateOnly = AlternateOnlyPolicy.Promote };
        DesiredMethods desired = Some.Desired.AlternateMobile("+1 2065550101");
        Assert.That(Plans.Writes(Some.User, desired, promote), Is.EqualTo(new[] { "add mobile +1 2065550101" }));
        Assert.That(Plans.Plan(Some.User.Mobile("+1 2065550101"), desired, promote).Situation, Is.EqualTo(Situation.Equal));
        Assert.That(Plans.Plan(Some.User, desired).Situation, Is.EqualTo(Situation.Invalid));
    }

    [Test]
    public void An_unreadable_default_is_reported_and_under_Switch_holds_the_deletion([Values] DefaultMethodPolicy policy)
    {
        CurrentMethods user = Some.User.Mobile("+1 2065550100").Office("+1 2065550102").Default(DefaultMethod.Unreadable);
        UserPlan plan = Plans.Plan(user, Some.Desired.Office("none"), new PlanningPolicy { DefaultMethod = policy });
        Assert.That(Plans.Codes(plan), Is.EqualTo(new[] { "defaultUnknown" }));
        Assert.That(Plans.Held(plan), Is.EqualTo(policy == DefaultMethodPolicy.Leave ? [] : new[] { "phones: defaultUnknown" }));
    }

    [Test]
    public void A_swap_where_no_number_may_stand_twice_does_not_delete_the_default([Values(PreferredMethod.Sms,
        PreferredMethod.VoiceOffice)] PreferredMethod preferred)
    {
        CurrentMethods user = Some.User.Mobile("+1 2065550100").Office("+1 2065550102").Default(preferred);
        UserPlan plan = Plans.Plan(user, Some.List("+1 2065550102:mobile", "+1 2065550100:office"),
            new PlanningPolicy { SameNumberInTwoSlots = SameNumberPolicy.Avoid });
        string deleted = preferred == PreferredMethod.Sms ? "delete office" : "delete mobile";
        Assert.That(Plans.Writes(plan), Has.Length.EqualTo(3).And.Exactly(1).EqualTo(deleted));
        Assert.That(plan.Held, Is.Empty);
    }

    [Test]
    public void A_text_that_is_no_number_is_replaced_or_deleted_but_never_equal()
    {
        CurrentMethods user = Some.User.Mobile("+1 2065550100").Office("reception");
        Assert.That(Plans.Writes(user, Some.Desired.Office("+1 2065550102")), Is.EqualTo(new[] { "update office +1 2065550102" }));
        Assert.That(Plans.Writes(user, Some.Desired.Office("none")), Is.EqualTo(new[] { "delete office" }));
        Assert.That(Plans.Plan(user, Some.Desired.Mobile("+1 2065550100")).Situation, Is.EqualTo(Situation.Equal));
    }
}
