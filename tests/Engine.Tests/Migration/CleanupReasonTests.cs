using ProvisioningConnector.Engine.Migration;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Readiness;

namespace ProvisioningConnector.Engine.Tests.Migration;

/// <summary>What keeps a phone, one reason each, and what is said of it.</summary>
public sealed class CleanupReasonTests
{
    private static readonly (string Code, MigratingPerson Person)[] Reasons =
    [
        (HoldCodes.NotYet, People.Ready.With(f => f with { Kind = AccountKind.ExternalGuest })),
        (HoldCodes.FactUnknown, People.Ready with { Registered = null }),
        (HoldCodes.FactUnknown, People.Ready.With(f => f with { Enabled = null })),
        (HoldCodes.FactUnknown, People.Ready.With(f => f with { LastSignInRead = false })),
        (HoldCodes.FactUnknown, People.Ready.With(f => f with { Privilege = Privilege.Unknown })),
        (HoldCodes.FactUnknown, People.Ready.With(f => f with { Provider = null })),
        (HoldCodes.FactUnknown, People.Ready with { PasswordSetAt = null }),
        (HoldCodes.FactUnknown, People.Ready.With(f => f with { ResetEnabled = null })),
        (HoldCodes.FactUnknown, People.Ready.With(f => f with { SmsSignIn = null })),
        (HoldCodes.LeftAside, People.Ready.With(f => f with { Excluded = true })),
        (HoldCodes.LeftAside, People.Ready.With(f => f with { OnLeave = true })),
        (HoldCodes.AccountUnused, People.Ready.With(f => f with { Enabled = false })),
        (HoldCodes.AccountUnused, People.Ready.With(f => f with { LastSignIn = null })),
        (HoldCodes.ProviderCovers, People.Ready.With(f => f with { Provider = TelephonyChannels.Sms })),
        (HoldCodes.RecentReset, People.Ready with { PasswordSetAt = People.Day.AddHours(-1) }),
        (HoldCodes.MethodUnused, People.Ready.With(People.Registered(PersonMethods.AuthenticatorPush))),
        (HoldCodes.MethodUnused, People.Ready.With(People.Used(PersonMethods.WindowsHello), People.Used(PersonMethods.PlatformCredential))),
        (HoldCodes.MethodTooNew, People.Ready.With(People.Used(PersonMethods.Passkey, daysOld: 6), People.Used(PersonMethods.WindowsHello))),
        (HoldCodes.OnPremisesMethod, People.Ready.With(People.Used(PersonMethods.Passkey)).With(f => f with { OnPremisesMfa = true })),
        (HoldCodes.OnPremisesMethod, People.Ready.With(People.Used(PersonMethods.Passkey)).With(f => f with { OnPremisesMfa = null })),
        (HoldCodes.ResetMethod, People.Ready.With(People.Used(PersonMethods.Passkey))),
        (HoldCodes.SignsInBySms, People.Ready.With(f => f with { SmsSignIn = true })),
    ];

    [Test]
    public void Each_rule_has_its_reason()
    {
        Assert.Multiple(() =>
        {
            foreach ((string code, MigratingPerson person) in Reasons)
            {
                HoldReason? held = CleanupRules.Judge(person, People.Terms).For(PhoneType.Mobile);
                Assert.That(held?.Code, Is.EqualTo(code), person.ToString());
                // What a rule keeps stands; what is not known is to be looked at.
                Assert.That(held?.Standing, Is.EqualTo(code != HoldCodes.FactUnknown));
                Assert.That(held?.Message, Does.EndWith("."));
            }
        });
    }

    [Test]
    public void An_alternate_mobile_serves_no_reset_and_no_sign_in_so_it_may_go_alone()
    {
        MigratingPerson person = People.Ready.With(People.Used(PersonMethods.Passkey)).With(f => f with { SmsSignIn = true });

        Assert.That(CleanupRules.Judge(person, People.Terms).MayGo, Is.EqualTo((PhoneType[])[PhoneType.AlternateMobile]));
    }

    [TestCase(2, true)]
    [TestCase(3, false)]
    public void Several_registrations_of_one_kind_count_once(int required, bool goes)
    {
        MigratingPerson person = People.Ready.With(
            People.Used(PersonMethods.Passkey, id: "1"), People.Used(PersonMethods.Passkey, id: "2"), People.Used(PersonMethods.AuthenticatorPasskey),
            People.Used(PersonMethods.AuthenticatorPush), People.Used(PersonMethods.AuthenticatorPasswordless));
        MigrationTerms terms = People.Terms with { Settings = new MigrationSettings { KindsRequired = required } };

        Assert.That(CleanupRules.Judge(person, terms).MayGo, goes ? Is.Not.Empty : Is.Empty);
    }

    [TestCase(30, true)]
    [TestCase(31, false)]
    [TestCase(-1, false)]
    public void A_use_counts_for_thirty_days_and_not_before_it_happened(int daysAgo, bool goes) => Assert.That(
        CleanupRules.Judge(People.Ready.With(People.Used(PersonMethods.AuthenticatorPush, usedDaysAgo: daysAgo)), People.Terms).MayGo,
        goes ? Is.Not.Empty : Is.Empty);

    [Test]
    public void Methods_of_an_unknown_kind_passes_and_codes_with_PIN_do_not_count() => Assert.That(CleanupRules.Judge(
        People.Ready.With(People.Used(PersonMethods.UnknownKind), People.Used(PersonMethods.QrCodePin), People.Used(PersonMethods.TemporaryAccessPass)),
        People.Terms).MayGo, Is.Empty);
}
