using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Readiness;

namespace ProvisioningConnector.Engine.Tests.Readiness;

public sealed class ReadinessRulesTests
{
    private static readonly DateTimeOffset At = new(2026, 12, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly PersonFacts Phone = new()
    {
        Uid = "u", User = "u@contoso.com", Enabled = true, Methods = PersonMethods.MobilePhone, Scope = PhoneScope.Sms | PhoneScope.Voice,
        CertificateInScope = false, Default = DefaultMethod.From(PreferredMethod.Sms), SystemPreferred = true, PasskeyAllowed = true,
    };

    [TestCase(AccountKind.Member, true, Privilege.No, "2027-02-01")]
    [TestCase(AccountKind.InternalGuest, true, Privilege.No, "2027-02-01")]
    [TestCase(AccountKind.ExternalGuest, true, Privilege.No, "2027-07-01")]
    [TestCase(AccountKind.ExternalMember, true, Privilege.No, "2027-07-01")]
    [TestCase(AccountKind.ExternalGuest, false, Privilege.No, "2027-02-01", Description = "what is not certain counts for the earlier date")]
    [TestCase(AccountKind.Member, true, Privilege.GlobalAdministrator, "2027-07-01")]
    [TestCase(AccountKind.Member, true, Privilege.Eligible, "2027-02-01")]
    [TestCase(AccountKind.Member, true, Privilege.Other, "2027-02-01")]
    [TestCase(AccountKind.Member, true, Privilege.Unknown, "2027-02-01")]
    public void Only_Global_Administrators_and_external_users_have_the_later_date(AccountKind kind, bool certain, Privilege privilege, string expected)
    {
        PersonReadiness person = Judge(Phone with { Kind = kind, KindIsCertain = certain, Privilege = privilege });
        Assert.That(person.Retires.Name(), Is.EqualTo(expected));
    }

    [Test]
    public void A_tenant_without_an_announced_date_has_no_countdown_and_prompts_no_one()
    {
        PersonReadiness person = ReadinessRules.Judge(Phone, new ReadinessTerms { At = At, Dates = null });
        Assert.That((person.Retires.Name(), person.Prompt, person.Band), Is.EqualTo(("later", PromptOutcome.None, Band.OnlyPhone)));
    }

    [Test]
    public void Nothing_ends_for_people_without_a_phone() =>
        Assert.That(Judge(Phone with { Methods = PersonMethods.Passkey }).Retires.Name(), Is.EqualTo("none"));

    [TestCase(TelephonyChannels.Sms, PhoneScope.Sms, PersonMethods.MobilePhone, false)]
    [TestCase(TelephonyChannels.Sms, PhoneScope.Voice, PersonMethods.MobilePhone, true, Description = "the person may only be called")]
    [TestCase(TelephonyChannels.Voice, PhoneScope.Sms, PersonMethods.MobilePhone, true)]
    [TestCase(TelephonyChannels.Voice, PhoneScope.Voice, PersonMethods.AlternateMobilePhone, false)]
    [TestCase(TelephonyChannels.Sms, PhoneScope.Voice, PersonMethods.AlternateMobilePhone, true)]
    [TestCase(TelephonyChannels.None, PhoneScope.Sms, PersonMethods.MobilePhone, true)]
    [TestCase(null, PhoneScope.Sms, PersonMethods.MobilePhone, true, Description = "not known")]
    public void A_provider_covers_people_per_channel(TelephonyChannels? provider, PhoneScope scope, PersonMethods phone, bool prompted)
    {
        PersonReadiness person = Judge(Phone with { Provider = provider, Scope = scope, Methods = phone });
        Assert.That(person.Band, Is.EqualTo(Band.OnlyPhone), "the band says what the person has");
        Assert.That(person.Prompt != PromptOutcome.None, Is.EqualTo(prompted));
        Assert.That(person.Flags.HasFlag(Circumstances.ProviderCovers), Is.EqualTo(!prompted));
    }

    [TestCase(true, true, false, true, PromptOutcome.GetsThrough)]
    [TestCase(false, true, false, true, PromptOutcome.SelfServiceOff)]
    [TestCase(true, false, false, true, PromptOutcome.NoUsableType)]
    [TestCase(true, true, true, true, PromptOutcome.RegistrationBlocked)]
    [TestCase(true, true, false, false, PromptOutcome.PasskeyNotAllowed)]
    [TestCase(null, true, false, true, PromptOutcome.NotKnown)]
    [TestCase(true, true, null, true, PromptOutcome.NotKnown)]
    [TestCase(true, true, false, null, PromptOutcome.NotKnown)]
    public void Who_is_prompted_gets_through_only_where_nothing_stands_in_the_way(
        bool? selfService, bool? type, bool? blocked, bool? allowed, PromptOutcome expected)
    {
        PromptTerms prompt = new() { SelfService = selfService, UsableType = type, RegistrationBlocked = blocked };
        PersonReadiness person = ReadinessRules.Judge(Phone with { PasskeyAllowed = allowed }, new ReadinessTerms { At = At, Prompt = prompt });
        Assert.That(person.Prompt, Is.EqualTo(expected));
        Assert.That(person.Next, Is.EqualTo(ReadinessRules.IsStuck(expected) ? NextStep.OpenTheWay : NextStep.RegisterMethod));
    }

    [TestCase(null, PromptOutcome.NotKnown)]
    [TestCase(false, PromptOutcome.GuestWithoutPasskey)]
    [TestCase(true, PromptOutcome.GetsThrough)]
    public void Guests_need_a_tenant_where_guests_can_have_passkeys(bool? guests, PromptOutcome expected)
    {
        PromptTerms prompt = new() { SelfService = true, UsableType = true, RegistrationBlocked = false, Guests = guests };
        PersonReadiness person = ReadinessRules.Judge(Phone with { Kind = AccountKind.InternalGuest }, new ReadinessTerms { At = At, Prompt = prompt });
        Assert.That(person.Prompt, Is.EqualTo(expected));
    }

    [Test]
    public void Disabled_people_are_not_prompted() =>
        Assert.That(Judge(Phone with { Enabled = false }), Has.Property("Prompt").EqualTo(PromptOutcome.None).And.Property("Band").EqualTo(Band.OnlyPhone));

    [TestCase(PersonMethods.MobilePhone, null, null, true, false, Description = "nothing is left, whatever is set")]
    [TestCase(PersonMethods.MobilePhone | PersonMethods.Email, null, null, true, null, Description = "settings are not set")]
    [TestCase(PersonMethods.MobilePhone | PersonMethods.Email, 1, MethodSets.Reset, true, true)]
    [TestCase(PersonMethods.MobilePhone | PersonMethods.Email, 2, MethodSets.Reset, true, false)]
    [TestCase(PersonMethods.SoftwareOath | PersonMethods.Email, 2, MethodSets.Reset, true, true)]
    [TestCase(PersonMethods.SoftwareOath | PersonMethods.Email, null, MethodSets.Reset, true, true, Description = "two are always enough")]
    [TestCase(PersonMethods.MobilePhone | PersonMethods.Passkey | PersonMethods.WindowsHello | PersonMethods.External, 1, MethodSets.Reset, true, false,
        Description = "these do not serve password reset")]
    [TestCase(PersonMethods.MobilePhone | PersonMethods.Email, 1, PersonMethods.MobilePhone, true, false, Description = "e-mail is not allowed")]
    [TestCase(PersonMethods.AuthenticatorPush | PersonMethods.AuthenticatorPasswordless, 2, MethodSets.Reset, true, false,
        Description = "one app is one method")]
    [TestCase(PersonMethods.Email, 1, MethodSets.Reset, false, false)]
    [TestCase(PersonMethods.Email, 1, MethodSets.Reset, null, null)]
    public void Password_reset_goes_by_its_own_methods(PersonMethods methods, int? required, PersonMethods? allowed, bool? enabled, bool? expected)
    {
        ReadinessTerms terms = new() { At = At, Reset = new ResetSettings { MethodsRequired = required, Allowed = allowed } };
        Assert.That(ReadinessRules.Judge(Phone with { Methods = methods, ResetEnabled = enabled }, terms).Reset, Is.EqualTo(expected));
    }

    [TestCase(TelephonyChannels.Sms, true)]
    [TestCase(TelephonyChannels.None, false)]
    public void A_provider_keeps_password_reset_by_phone_alive(TelephonyChannels provider, bool expected)
    {
        ReadinessTerms terms = new() { At = At, Reset = new ResetSettings { MethodsRequired = 1, Allowed = MethodSets.Reset } };
        PersonReadiness person = ReadinessRules.Judge(Phone with { Provider = provider, ResetEnabled = true }, terms);
        Assert.That((person.Reset, person.LosesReset), Is.EqualTo(((bool?)expected, !expected)));
    }

    [TestCase(false, null, true, true)]
    [TestCase(true, false, true, false)]
    [TestCase(true, true, true, true)]
    [TestCase(true, null, true, null)]
    public void Synchronised_people_reset_only_with_writeback(bool synced, bool? writeback, bool enabled, bool? expected)
    {
        ReadinessTerms terms = new() { At = At, Reset = new ResetSettings { MethodsRequired = 1, Allowed = MethodSets.Reset, Writeback = writeback } };
        PersonFacts person = Phone with { Methods = PersonMethods.Email, ResetEnabled = enabled, OnPremisesSynced = synced };
        Assert.That(ReadinessRules.Judge(person, terms).Reset, Is.EqualTo(expected));
    }

    [TestCase(89, false)]
    [TestCase(90, true)]
    [TestCase(null, true)]
    public void Enabled_people_with_only_a_phone_who_do_not_sign_in_are_dormant(int? days, bool expected)
    {
        PersonFacts person = Phone with { LastSignInRead = true, LastSignIn = days is { } ago ? At.AddDays(-ago) : null };
        Assert.That(Judge(person).Flags.HasFlag(Circumstances.Dormant), Is.EqualTo(expected));
        Assert.That(Judge(person).Flags.HasFlag(Circumstances.NeverSignedIn), Is.EqualTo(days is null));
        Assert.That(Judge(person with { LastSignInRead = false }).Flags.HasFlag(Circumstances.Dormant), Is.False, "not read is not dormant");
        Assert.That(Judge(person with { Enabled = false }).Flags.HasFlag(Circumstances.Dormant), Is.False);
        Assert.That(Judge(person with { Methods = PersonMethods.MobilePhone | PersonMethods.Passkey }).Flags.HasFlag(Circumstances.Dormant), Is.False);
    }

    [Test]
    public void A_method_of_an_unknown_kind_does_not_count()
    {
        PersonReadiness person = Judge(Phone with { Methods = PersonMethods.MobilePhone | MethodSets.FromReport("hologram") });
        Assert.That((person.Band, person.Flags.HasFlag(Circumstances.UnknownMethod)), Is.EqualTo((Band.OnlyPhone, true)));
    }

    [Test]
    public void Windows_Hello_counts_and_is_not_portable()
    {
        PersonReadiness person = Judge(Phone with { Methods = PersonMethods.MobilePhone | PersonMethods.WindowsHello });
        Assert.That(person.Portable, Is.EqualTo(PersonMethods.None));
        Assert.That((person.Band, person.Next, person.Flags.HasFlag(Circumstances.NotPortable)),
            Is.EqualTo((Band.PhoneLeft, NextStep.AddPortableMethod, true)));
    }

    [Test]
    public void Every_name_of_the_report_is_read_back() =>
        Assert.That(MethodSets.All.Where(m => m != PersonMethods.UnknownKind).Select(m => MethodSets.FromReport(m.Names().Single())),
            Is.EqualTo(MethodSets.All.Where(m => m != PersonMethods.UnknownKind)));

    private static PersonReadiness Judge(PersonFacts person) => ReadinessRules.Judge(person, new ReadinessTerms { At = At });
}
