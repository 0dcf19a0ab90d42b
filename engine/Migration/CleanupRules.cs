using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Readiness;

namespace ProvisioningConnector.Engine.Migration;

/// <summary>
/// Which phones of a person may go (docs/retirement.md#safety-rules-of-cleanup). Pure, asked for the plan and again before each deletion. What is not
/// known never counts as fine. The rules are judged as if every phone were gone, so that no order of deletions leaves a person below them.
/// </summary>
public static class CleanupRules
{
    private const PersonMethods Authenticator = PersonMethods.AuthenticatorPush | PersonMethods.AuthenticatorPasswordless;
    private const PersonMethods Passkeys = PersonMethods.Passkey | PersonMethods.AuthenticatorPasskey;

    private static readonly ImmutableArray<PhoneType> AllPhones = [PhoneType.Mobile, PhoneType.AlternateMobile, PhoneType.Office];

    /// <summary>Methods that are one kind when kinds are counted: several registrations count once.</summary>
    private static readonly ImmutableArray<PersonMethods> Kinds =
    [
        Authenticator, PersonMethods.SoftwareOath, PersonMethods.HardwareOath, Passkeys, MethodSets.DeviceBound, PersonMethods.External,
    ];

    public static CleanupVerdict Judge(MigratingPerson person, MigrationTerms terms)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(terms);
        if (OfPerson(person, terms) is { } held) return new CleanupVerdict([], held);
        HoldReason? mobile = SmsSignIn(person.Facts) ?? Reset(person, terms);
        HoldReason? office = Reset(person, terms);
        return new CleanupVerdict(
            AllPhones.RemoveAll(phone => (phone == PhoneType.Mobile && mobile is not null) || (phone == PhoneType.Office && office is not null)),
            mobile ?? office);
    }

    /// <summary>The first rule that keeps all phones; null when none does.</summary>
    private static HoldReason? OfPerson(MigratingPerson person, MigrationTerms terms) =>
        person.Registered is null ? CleanupHolds.MethodsUnknown
        : Account(person.Facts) ?? Date(person.Facts, terms) ?? Provider(person.Facts) ?? Rest(person, terms) ?? Counted(person, terms);

    private static HoldReason? Account(PersonFacts facts)
    {
        if (facts.Excluded) return CleanupHolds.Excluded;
        if (facts.OnLeave) return CleanupHolds.OnLeave;
        if (facts.Enabled is not { } enabled) return CleanupHolds.EnabledUnknown;
        if (!enabled) return CleanupHolds.Disabled;
        if (!facts.LastSignInRead) return CleanupHolds.SignInUnknown;
        return facts.LastSignIn is null ? CleanupHolds.NeverSignedIn : null;
    }

    /// <summary>Where the person's date is not certain, the later one counts: unlike in readiness, later is the safe side here.</summary>
    private static HoldReason? Date(PersonFacts facts, MigrationTerms terms)
    {
        if (terms.Dates is not { } dates) return CleanupHolds.NoDate;
        if (facts.Privilege == Privilege.Unknown) return CleanupHolds.PrivilegeUnknown;
        bool external = facts.Kind is AccountKind.ExternalGuest or AccountKind.ExternalMember;
        bool late = external || !facts.KindIsCertain || facts.Privilege == Privilege.GlobalAdministrator;
        DateOnly on = late && dates.GlobalAdministratorsAndExternals > dates.Members ? dates.GlobalAdministratorsAndExternals : dates.Members;
        DateTimeOffset from = From(on, terms.Settings);
        return terms.At < from ? CleanupHolds.NotYet(from) : null;
    }

    /// <summary>The first moment at which a phone may be removed of people whose phones end on a date.</summary>
    public static DateTimeOffset From(DateOnly retirement, MigrationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        TimeSpan after = settings.CleanupAfter < MigrationSettings.LeastCleanupAfter ? MigrationSettings.LeastCleanupAfter : settings.CleanupAfter;
        return new DateTimeOffset(retirement, TimeOnly.MinValue, TimeSpan.Zero) + after;
    }

    private static HoldReason? Provider(PersonFacts facts) => facts.Provider switch
    {
        null => CleanupHolds.ProviderUnknown,
        TelephonyChannels.None => null,
        _ => CleanupHolds.ProviderCovers,
    };

    private static HoldReason? Rest(MigratingPerson person, MigrationTerms terms)
    {
        if (person.PasswordSetAt is not { } set) return CleanupHolds.ResetTimeUnknown;
        bool recent = set > terms.At - terms.Settings.AfterReset
            || (person.Registered ?? []).Any(method => method.Kind == PersonMethods.TemporaryAccessPass
                && !method.IsOlderThan(terms.Settings.AfterReset, terms.At));
        return recent ? CleanupHolds.RecentReset(terms.Settings) : null;
    }

    private static HoldReason? Counted(MigratingPerson person, MigrationTerms terms)
    {
        ImmutableArray<MethodUse> counting = [.. person.Counting(terms)];
        PersonMethods used = counting.Aggregate(PersonMethods.None, static (all, method) => all | method.Kind);
        if (used == PersonMethods.None) return CleanupHolds.MethodUnused(terms.Settings);
        if ((used & ~MethodSets.DeviceBound) == PersonMethods.None) return CleanupHolds.OnlyDeviceBound;
        if (Kinds.Count(kind => (used & kind) != PersonMethods.None) < terms.Settings.KindsRequired) return CleanupHolds.TooFewKinds(terms.Settings);
        if (!counting.Any(method => (method.Kind & MethodSets.DeviceBound) == PersonMethods.None
            && method.IsOlderThan(terms.Settings.PortableFor, terms.At))) return CleanupHolds.MethodTooNew(terms.Settings);
        // Whether a person signs in on premises is a setting: not set, everybody may.
        return person.Facts.OnPremisesMfa != false && (used & MethodSets.PushOrOath) == PersonMethods.None ? CleanupHolds.OnPremisesMethod : null;
    }

    private static HoldReason? SmsSignIn(PersonFacts facts) => facts.SmsSignIn switch
    {
        true => CleanupHolds.SignsInBySms,
        false => null,
        null => CleanupHolds.SmsSignInUnknown,
    };

    /// <summary>Whether a mobile or an office phone may be the last that password reset takes.</summary>
    private static HoldReason? Reset(MigratingPerson person, MigrationTerms terms)
    {
        PersonFacts facts = person.Facts;
        if (facts.ResetEnabled == false || (facts.OnPremisesSynced && terms.Reset.Writeback == false)) return null;
        PersonMethods questions = (facts.Methods ?? PersonMethods.None) & PersonMethods.SecurityQuestions;
        PersonFacts without = facts with { Methods = (person.Methods | questions) & ~MethodSets.Phones };
        return ResetRules.Works(without, terms.Reset, withPhones: false) switch
        {
            true => null,
            false => CleanupHolds.ResetMethod,
            null => CleanupHolds.ResetUnknown,
        };
    }
}

/// <summary>Which phones may go, and why the others stay.</summary>
/// <param name="MayGo">Slots that may be emptied, whether they are filled or not.</param>
/// <param name="Held">Why the others stay; null: all may go.</param>
public sealed record CleanupVerdict(ImmutableArray<PhoneType> MayGo, HoldReason? Held)
{
    /// <summary>Null when the phone may go.</summary>
    public HoldReason? For(PhoneType phone) => MayGo.Contains(phone) ? null : Held;
}
