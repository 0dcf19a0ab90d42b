using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Engine.Readiness;

/// <summary>From a person's facts to band, date, flags and next step. Pure; the one table of these rules.</summary>
public static class ReadinessRules
{
    public static PersonReadiness Judge(PersonFacts person, ReadinessTerms terms)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(terms);
        PersonMethods counted = (person.Methods ?? PersonMethods.None) & MethodSets.Counted;
        Retirement retires = Retires(person, terms.Dates);
        bool? after = ResetRules.Works(person, terms.Reset, withPhones: false);
        // Only where reset is known to be on can it be lost; whether it takes more than the phone today may be open.
        bool loses = person.ResetEnabled == true && after == false && HasResetPhone(person)
            && ResetRules.Works(person, terms.Reset, withPhones: true) != false;
        Band band = BandFor(person, loses);
        PromptOutcome prompt = PromptFor(person, band, retires, terms.Prompt);
        Circumstances flags = FlagsFor(person, counted, after, terms);
        return new PersonReadiness(person, band, retires, counted, after, loses, flags, prompt, NextFor(band, prompt, counted));
    }

    /// <summary>When the person's phones end. What is not certain counts for the earlier date.</summary>
    public static Retirement Retires(PersonFacts person, RetirementDates? dates)
    {
        ArgumentNullException.ThrowIfNull(person);
        if (person.Methods is { } methods && (methods & MethodSets.Phones) == PersonMethods.None) return Retirement.None;
        if (dates is null) return Retirement.Later;
        bool external = person.Kind is AccountKind.ExternalGuest or AccountKind.ExternalMember;
        return Retirement.At((external && person.KindIsCertain) || person.Privilege == Privilege.GlobalAdministrator
            ? dates.GlobalAdministratorsAndExternals : dates.Members);
    }

    /// <summary>The phones that the person may use for MFA today. Only a mobile takes SMS; the other slots take calls.</summary>
    public static PersonMethods UsablePhones(PersonFacts person)
    {
        ArgumentNullException.ThrowIfNull(person);
        PhoneScope scope = person.Scope ?? PhoneScope.None;
        bool legacy = scope.HasFlag(PhoneScope.Legacy);
        bool voice = scope.HasFlag(PhoneScope.Voice);
        PersonMethods usable = (legacy || voice || scope.HasFlag(PhoneScope.Sms) ? PersonMethods.MobilePhone : PersonMethods.None)
            | (legacy || voice ? PersonMethods.AlternateMobilePhone : PersonMethods.None)
            | (legacy || (voice && scope.HasFlag(PhoneScope.OfficeCalls)) ? PersonMethods.OfficePhone : PersonMethods.None);
        return (person.Methods ?? PersonMethods.None) & usable;
    }

    /// <summary>The usable phones that go on working with the tenant's own telephony provider.</summary>
    public static PersonMethods CoveredPhones(PersonFacts person)
    {
        ArgumentNullException.ThrowIfNull(person);
        TelephonyChannels provider = person.Provider ?? TelephonyChannels.None;
        PhoneScope scope = person.Scope ?? PhoneScope.None;
        bool legacy = scope.HasFlag(PhoneScope.Legacy);
        bool calls = provider.HasFlag(TelephonyChannels.Voice) && (legacy || scope.HasFlag(PhoneScope.Voice));
        bool texts = provider.HasFlag(TelephonyChannels.Sms) && (legacy || scope.HasFlag(PhoneScope.Sms));
        return UsablePhones(person) & ((texts || calls ? PersonMethods.MobilePhone : PersonMethods.None)
            | (calls ? PersonMethods.AlternateMobilePhone | PersonMethods.OfficePhone : PersonMethods.None));
    }

    /// <summary>Whether the default method is a phone that the person has.</summary>
    public static bool DefaultIsPhone(PersonFacts person)
    {
        ArgumentNullException.ThrowIfNull(person);
        if (person.Default.Knowledge != DefaultMethodKnowledge.Known) return false;
        PersonMethods phone = person.Default.Method switch
        {
            PreferredMethod.Push or PreferredMethod.Oath => PersonMethods.None,
            PreferredMethod.Sms or PreferredMethod.VoiceMobile => PersonMethods.MobilePhone,
            PreferredMethod.VoiceAlternateMobile => PersonMethods.AlternateMobilePhone,
            PreferredMethod.VoiceOffice => PersonMethods.OfficePhone,
        };
        return ((person.Methods ?? PersonMethods.None) & phone) != PersonMethods.None;
    }

    /// <summary>The first band that applies, in their order.</summary>
    private static Band BandFor(PersonFacts person, bool losesReset)
    {
        if (person.Methods is not { } methods || person.Scope is null || person.CertificateInScope != false) return Band.Unknown;
        if (person.Excluded) return Band.Excluded;
        bool counts = (methods & MethodSets.Counted) != PersonMethods.None;
        bool phones = UsablePhones(person) != PersonMethods.None;
        if (phones && !counts) return Band.OnlyPhone;
        if (person.OnPremisesMfa == true && (methods & MethodSets.PushOrOath) == PersonMethods.None && (phones || counts)) return Band.OnPremisesMethodMissing;
        if (DefaultIsPhone(person) && (person.SystemPreferred != true || person.OnPremisesMfa == true)) return Band.DefaultIsPhone;
        if (losesReset) return Band.ResetByPhone;
        if (person.SmsSignIn == true && methods.HasFlag(PersonMethods.MobilePhone)) return Band.SmsSignIn;
        if (!counts) return Band.NoMethod;
        return (methods & MethodSets.Phones) != PersonMethods.None ? Band.PhoneLeft : Band.Ready;
    }

    private static bool HasResetPhone(PersonFacts person) =>
        ((person.Methods ?? PersonMethods.None) & MethodSets.Reset & MethodSets.Phones) != PersonMethods.None;

    private static PromptOutcome PromptFor(PersonFacts person, Band band, Retirement retires, PromptTerms terms)
    {
        bool prompted = band == Band.OnlyPhone && retires.Kind == RetirementKind.Date && person.Enabled != false
            && CoveredPhones(person) == PersonMethods.None;
        if (!prompted) return PromptOutcome.None;
        bool guest = person.Kind is AccountKind.InternalGuest or AccountKind.ExternalGuest or AccountKind.ExternalMember;
        if (terms.RegistrationBlocked == true) return PromptOutcome.RegistrationBlocked;
        if (terms.SelfService == false) return PromptOutcome.SelfServiceOff;
        if (person.PasskeyAllowed == false) return PromptOutcome.PasskeyNotAllowed;
        if (terms.UsableType == false) return PromptOutcome.NoUsableType;
        if (guest && terms.Guests == false) return PromptOutcome.GuestWithoutPasskey;
        bool known = terms.RegistrationBlocked is not null && terms.SelfService is not null && person.PasskeyAllowed is not null
            && terms.UsableType is not null && (!guest || terms.Guests is not null);
        return known ? PromptOutcome.GetsThrough : PromptOutcome.NotKnown;
    }

    private static Circumstances FlagsFor(PersonFacts person, PersonMethods counted, bool? reset, ReadinessTerms terms)
    {
        PersonMethods methods = person.Methods ?? PersonMethods.None;
        bool phone = (methods & MethodSets.Phones) != PersonMethods.None;
        bool idle = person.Enabled == true && phone && counted == PersonMethods.None && person.LastSignInRead
            && (person.LastSignIn is not { } last || terms.At - last >= terms.DormantAfter);
        return If(person.Enabled == false, Circumstances.Disabled)
            | If(person.LastSignInRead && person.LastSignIn is null, Circumstances.NeverSignedIn)
            | If(person.OnLeave, Circumstances.OnLeave)
            | If(idle, Circumstances.Dormant)
            | If(counted != PersonMethods.None && (counted & ~MethodSets.DeviceBound) == PersonMethods.None, Circumstances.NotPortable)
            | If(methods.HasFlag(PersonMethods.UnknownKind), Circumstances.UnknownMethod)
            | If(CoveredPhones(person) != PersonMethods.None, Circumstances.ProviderCovers)
            | If(person.Contradiction, Circumstances.Contradiction)
            | If(phone && person.Default.Knowledge is DefaultMethodKnowledge.NotRead or DefaultMethodKnowledge.Unreadable, Circumstances.DefaultUnknown)
            | If(phone && (reset is null || person.ResetEnabled is null), Circumstances.ResetUnknown)
            | If(!person.KindIsCertain, Circumstances.KindUncertain)
            | If(person.Scope is not null && phone && UsablePhones(person) == PersonMethods.None, Circumstances.PhoneOutOfScope)
            | If(person.Privilege == Privilege.Unknown, Circumstances.PrivilegeUnknown);
    }

    private static Circumstances If(bool holds, Circumstances flag) => holds ? flag : Circumstances.None;

    private static NextStep NextFor(Band band, PromptOutcome prompt, PersonMethods counted) => band switch
    {
        Band.Unknown => NextStep.FindOut,
        Band.Excluded or Band.Ready => NextStep.Nothing,
        Band.OnlyPhone => IsStuck(prompt) ? NextStep.OpenTheWay : NextStep.RegisterMethod,
        Band.OnPremisesMethodMissing => NextStep.RegisterPushOrOath,
        Band.DefaultIsPhone => (counted & MethodSets.PushOrOath) == PersonMethods.None ? NextStep.RegisterMethod : NextStep.MoveDefault,
        Band.ResetByPhone => NextStep.AddResetMethod,
        Band.SmsSignIn => NextStep.EndSmsSignIn,
        Band.PhoneLeft => (counted & ~MethodSets.DeviceBound) == PersonMethods.None ? NextStep.AddPortableMethod : NextStep.RemovePhone,
        Band.NoMethod => NextStep.RegisterMethod,
    };

    /// <summary>Whether something known keeps a prompted person from getting through.</summary>
    public static bool IsStuck(PromptOutcome prompt) => prompt switch
    {
        PromptOutcome.None or PromptOutcome.GetsThrough or PromptOutcome.NotKnown => false,
        PromptOutcome.PasskeyNotAllowed or PromptOutcome.SelfServiceOff or PromptOutcome.NoUsableType
            or PromptOutcome.RegistrationBlocked or PromptOutcome.GuestWithoutPasskey => true,
    };
}
