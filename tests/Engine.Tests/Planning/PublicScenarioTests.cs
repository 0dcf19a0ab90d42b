using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.TestKit;

namespace ProvisioningConnector.Engine.Tests.Planning;

/// <summary>What public documentation shows, as rules of the planner.</summary>
public sealed class PublicScenarioTests
{
    private static readonly DesiredMethods ThreePhones = Some.List("+1 7322714703:mobile", "+1 7322714705:alternate_mobile", "+1 7322714709:office");

    [Test]
    public void A_user_with_only_a_password_gets_mobile_and_office() => Assert.That(
        Plans.Writes(Some.User.With(MethodKind.Password), Some.List("+1 2065555555:mobile", "+1 4255550199:office")),
        Is.EqualTo(new[] { "add mobile +1 2065555555", "add office +1 4255550199" }));

    [Test]
    public void Then_the_office_phone_is_removed() => Assert.That(
        Plans.Writes(Some.User.With(MethodKind.Password).Mobile("+1 2065555555").Office("+1 4255550199"), Some.List("+1 2065555555:mobile")),
        Is.EqualTo(new[] { "delete office" }));

    [Test]
    public void Three_phones_on_an_empty_user_are_added_mobile_first() => Assert.That(
        Plans.Writes(Some.User, ThreePhones),
        Is.EqualTo(new[] { "add mobile +1 7322714703", "add alternateMobile +1 7322714705", "add office +1 7322714709" }));

    [Test]
    public void Three_phones_over_other_numbers_are_updated_in_place() => Assert.That(
        Plans.Writes(Some.User.Mobile("+1 2065550100").AlternateMobile("+1 2065550101").Office("+1 2065550102"), ThreePhones),
        Is.EqualTo(new[] { "update mobile +1 7322714703", "update alternateMobile +1 7322714705", "update office +1 7322714709" }));

    [Test]
    public void Three_phones_over_the_same_in_another_spelling_are_no_write() => Assert.That(
        Plans.Plan(Some.User.Mobile("+17322714703").AlternateMobile("+1 (732) 271-4705").Office("+1 732 271 4709"), ThreePhones).Situation,
        Is.EqualTo(Situation.Equal));

    [Test]
    public void A_mobile_under_an_alternate_goes_after_it() => Assert.That(
        Plans.Writes(Some.User.Mobile("+1 2065550100").AlternateMobile("+1 2065550101").Office("+1 2065550102"), Some.List("+1 2065550102:office")),
        Is.EqualTo(new[] { "delete alternateMobile", "delete mobile" }));

    [Test]
    public void A_mobile_under_an_unmanaged_alternate_stays_and_the_row_is_invalid()
    {
        CurrentMethods user = Some.User.Mobile("+1 2065550100").AlternateMobile("+1 2065550101");
        Assert.That(Plans.Plan(user, Some.Desired.Mobile("none")).Situation, Is.EqualTo(Situation.Invalid));
        PlanningPolicy promote = new() { AlternateOnly = AlternateOnlyPolicy.Promote };
        Assert.That(Plans.Plan(user, Some.Desired.Mobile("none"), promote).Situation, Is.EqualTo(Situation.Invalid));
    }

    [Test]
    public void A_type_move_adds_before_it_deletes() => Assert.That(
        Plans.Writes(Some.User.Office("+1 2065550100"), Some.List("+1 2065550100:mobile")),
        Is.EqualTo(new[] { "add mobile +1 2065550100", "delete office" }));

    [Test]
    public void Mobile_and_alternate_swap_in_two_updates() => Assert.That(
        Plans.Writes(Some.User.Mobile("+1 2065550100").AlternateMobile("+1 2065550101"), Some.List("+1 2065550101:mobile", "+1 2065550100:alternateMobile")),
        Is.EqualTo(new[] { "update mobile +1 2065550101", "update alternateMobile +1 2065550100" }));

    [Test]
    public void Mobile_and_alternate_swap_in_three_writes_where_no_number_may_stand_twice() => Assert.That(
        Plans.Writes(
            Some.User.Mobile("+1 2065550100").AlternateMobile("+1 2065550101"),
            Some.List("+1 2065550101:mobile", "+1 2065550100:alternateMobile"),
            new PlanningPolicy { SameNumberInTwoSlots = SameNumberPolicy.Avoid }),
        Is.EqualTo(new[] { "delete alternateMobile", "update mobile +1 2065550101", "add alternateMobile +1 2065550100" }));

    [Test]
    public void An_email_is_added_changed_and_removed()
    {
        Assert.That(Plans.Writes(Some.User, Some.Desired.Email("kim@contoso.com")), Is.EqualTo(new[] { "add kim@contoso.com" }));
        Assert.That(Plans.Writes(Some.User.Email("kim@contoso.com"), Some.Desired.Email("kim@fabrikam.com")), Is.EqualTo(new[] { "update kim@fabrikam.com" }));
        Assert.That(Plans.Writes(Some.User.Email("kim@contoso.com"), Some.Desired.Email("none")), Is.EqualTo(new[] { "delete email" }));
        Assert.That(Plans.Plan(Some.User.Email("Kim@Contoso.com"), Some.Desired.Email("kim@contoso.com")).Situation, Is.EqualTo(Situation.Equal));
    }

    [Test]
    public void An_Authenticator_is_removed_by_id_and_an_id_that_is_not_there_is_reported()
    {
        CurrentMethods user = Some.User.With(MethodKind.MicrosoftAuthenticator, MethodKind.MicrosoftAuthenticator);
        UserPlan plan = Plans.Plan(user, Some.Desired.Remove(MethodKind.MicrosoftAuthenticator, "MICROSOFTAUTHENTICATOR-2", "gone"));
        Assert.That(Plans.Writes(plan), Is.EqualTo(new[] { "delete microsoftAuthenticator-2" }));
        Assert.That(Plans.Codes(plan), Is.EqualTo(new[] { "methodNotThere" }));
    }

    [Test]
    public void All_FIDO2_keys_and_software_OATH_tokens_are_removed_and_the_rest_stays() => Assert.That(
        Plans.Writes(
            Some.User.Mobile("+1 2065550100").With(MethodKind.Fido2, MethodKind.Fido2, MethodKind.SoftwareOath, MethodKind.WindowsHello, MethodKind.Unknown),
            Some.Desired.Remove(MethodKind.Fido2).Remove(MethodKind.SoftwareOath)),
        Is.EqualTo(new[] { "delete fido2-1", "delete fido2-2", "delete softwareOath-1" }));

    [Test]
    public void A_user_whose_default_is_Authenticator_keeps_it_when_a_first_phone_is_added()
    {
        CurrentMethods user = Some.User.With(MethodKind.MicrosoftAuthenticator);
        PlanningPolicy keep = new() { KeepDefault = true };
        Assert.That(Plans.Plan(user, Some.List("+1 2065550100:mobile"), keep).NeedsDefault, Is.True);
        Assert.That(
            Plans.Writes(user.Default(PreferredMethod.Push), Some.List("+1 2065550100:mobile"), keep),
            Is.EqualTo(new[] { "add mobile +1 2065550100", "prefer push" }));
    }

    [Test]
    public void A_default_that_would_be_deleted_stays_or_is_switched_as_policy_says()
    {
        CurrentMethods user = Some.User.Mobile("+1 2065550100").With(MethodKind.MicrosoftAuthenticator).Default(PreferredMethod.Push);
        DesiredMethods desired = Some.Desired.Office("+1 2065550102").Remove(MethodKind.MicrosoftAuthenticator);
        UserPlan leave = Plans.Plan(user, desired);
        Assert.That(Plans.Writes(leave), Is.EqualTo(new[] { "add office +1 2065550102" }));
        Assert.That(Plans.Held(leave), Is.EqualTo(new[] { "microsoftAuthenticator: defaultMethod" }));
        Assert.That(
            Plans.Writes(user, desired, new PlanningPolicy { DefaultMethod = DefaultMethodPolicy.Switch }),
            Is.EqualTo(new[] { "add office +1 2065550102", "prefer sms", "delete microsoftAuthenticator-1" }));
    }

    [Test]
    public void An_extension_is_part_of_an_office_number() => Assert.That(
        Plans.Writes(Some.User.Office("+1 5555551234"), Some.Desired.Office("+1 5555551234x123")),
        Is.EqualTo(new[] { "update office +1 5555551234x123" }));

    [Test]
    public void Sms_sign_in_is_switched_on_after_the_mobile_is_written() => Assert.That(
        Plans.Writes(Some.User, Some.Desired.Mobile("+1 2065550100").Office("+1 2065550102").SmsSignIn(on: true)),
        Is.EqualTo(new[] { "add mobile +1 2065550100", "add office +1 2065550102", "enable smsSignIn" }));

    [Test]
    public void Sms_sign_in_that_the_tenant_forbids_is_tried_and_reported()
    {
        UserPlan plan = Plans.Plan(Some.User.Mobile("+1 2065550100").SmsSignIn(SmsSignInState.NotAllowedByPolicy), Some.Desired.SmsSignIn(on: true));
        Assert.That(Plans.Writes(plan), Is.EqualTo(new[] { "enable smsSignIn" }));
        Assert.That(Plans.Codes(plan), Is.EqualTo(new[] { "smsSignInNotAllowed" }));
    }
}
