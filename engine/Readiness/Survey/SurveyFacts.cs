using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Readiness.Survey;

/// <summary>What holds for the whole tenant, and how a person's facts come of it.</summary>
internal sealed class SurveyFacts(ReadinessSettings settings, GroupSets groups, UnknownColumns unknown, ByUid<RegistrationDetails>? report)
{
    public required ReadinessTerms Terms { get; init; }

    public required TenantTraits? Traits { get; init; }

    public required TenantPolicy? Policy { get; init; }

    public required RegistrationAccess? Access { get; init; }

    public required PhoneStrengths? Strengths { get; init; }

    /// <summary>Null: not known.</summary>
    public required ByUid<Privilege>? Privileges { get; init; }

    /// <summary>When people's security information last changed, as far as the audit log was asked.</summary>
    public required ByUid<DateTimeOffset> Changes { get; init; }

    /// <summary>The authoritative list; null: none is compared.</summary>
    public required SourcePhones? Source { get; init; }

    public UnknownColumns Unknown => unknown;

    public bool ReportRead => report is not null;

    /// <summary>Rows of the report.</summary>
    public long Rows => report?.Count ?? 0;

    public RegistrationDetails? Row(string uid) => report is not null && report.TryGet(uid, out RegistrationDetails row) ? row : null;

    public bool ChangedSince(string uid, DateTimeOffset? at) => Changes.TryGet(uid, out DateTimeOffset change) && (at is null || at < change);

    /// <summary>Columns that the directory left out.</summary>
    public void Left(ImmutableArray<LeftOutColumn> columns)
    {
        foreach (LeftOutColumn column in columns) unknown.Add(column.Name, column.Error);
    }

    /// <summary>A person by directory, policy and report.</summary>
    public PersonFacts Person(DirectoryPerson person)
    {
        ArgumentNullException.ThrowIfNull(person);
        (AccountKind kind, bool certain) = person.Signs.Kind();
        RegistrationDetails? row = Row(person.Uid);
        PhoneScope? scope = Scope(person.Uid);
        bool? certificate = Policy is null ? null : groups.Contains(Policy.Certificate, person.Uid);
        PersonFacts facts = new()
        {
            Uid = person.Uid, User = person.PrincipalName ?? person.Uid, DisplayName = person.DisplayName, Department = person.Department,
            Manager = person.Manager, Language = person.Language, Mail = person.Mail, GivenName = person.GivenName, Enabled = person.Enabled,
            OnPremisesSynced = person.OnPremisesSynced, Kind = kind, KindIsCertain = certain, Privilege = PrivilegeOf(person.Uid),
            Methods = row?.Methods, Evidence = row is null ? MethodsSource.None : MethodsSource.Report, EvidenceAt = row?.At,
            Default = row?.Default ?? DefaultMethod.NotRead, SystemPreferred = row?.SystemPreferred,
            ResetEnabled = row?.ResetEnabled ?? (settings.ResetGroups is { } reset ? groups.Contains(reset, person.Uid) : null),
            Scope = scope, CertificateInScope = certificate,
            OnPremisesMfa = settings.OnPremisesGroups is { } onPremises ? groups.Contains(onPremises, person.Uid) : null,
            PasskeyAllowed = Policy is null ? null : groups.Contains(Policy.Passkey, person.Uid), Provider = Provider(person.Uid),
            Excluded = settings.ExcludedUsers.Contains(person.Uid) || (person.PrincipalName is { } name && settings.ExcludedUsers.Contains(name))
                || groups.Contains(settings.ExcludedGroups, person.Uid) == true,
            OnLeave = groups.Contains(settings.OnLeaveGroups, person.Uid) == true, LastSignIn = person.LastSignIn,
            LastSignInRead = settings.LastSignIn && unknown.Why("lastSignIn") is null,
            Contradiction = row is { } reported && Contradicts(reported), Wanted = Source?.Find(person),
        };
        facts = facts with { SmsSignIn = SmsSignIn(facts), SourcePhone = Compare(facts) };
        return facts with { WhyUnknown = Why(facts, methods: null) };
    }

    /// <summary>The same person with a reading of their methods. What only the report shows stays.</summary>
    public PersonFacts Read(PersonFacts person, MethodsReading reading)
    {
        ArgumentNullException.ThrowIfNull(person);
        PersonFacts read;
        switch (reading)
        {
            case MethodsReading.Complete { Methods: var current }:
                if (Unseen(person, current) is { } unseen) return unseen;
                PersonMethods methods = MethodSets.From(current) | ((person.Methods ?? PersonMethods.None) & MethodSets.NotShown(current.Unread));
                bool? smsSignIn = current.SmsSignIn switch
                {
                    SmsSignInState.Ready => true,
                    SmsSignInState.Unknown => null,
                    SmsSignInState.NotSupported or SmsSignInState.NotAllowedByPolicy or SmsSignInState.NotEnabled
                        or SmsSignInState.PhoneNumberNotUnique or SmsSignInState.NotConfigured => false,
                };
                bool differs = person.Methods is { } reported && ReportComparison.Comparable(reported) != ReportComparison.Comparable(methods);
                read = person with
                {
                    Methods = methods,
                    Evidence = MethodsSource.Live,
                    EvidenceAt = Terms.At,
                    SmsSignIn = current.Mobile.IsEmpty ? false : smsSignIn,
                    Contradiction = differs,
                    SourcePhone = person.Wanted is { } wanted ? SourcePhones.Compare(wanted, current) : person.SourcePhone,
                };
                return read with { WhyUnknown = Why(read, methods: null) };
            // Masked numbers hide nothing that matters here, and what the report has of the person stays.
            case MethodsReading.Failed { Error.Kind: ErrorKind.Masked } when person.Methods is not null:
                return person;
            case MethodsReading.NoUser { Error: var gone }:
                return Unread(person, gone);
            case MethodsReading.Failed { Error: var failed }:
                return Unread(person, failed);
            default:
                throw new System.Diagnostics.UnreachableException(reading?.GetType().Name);
        }
    }

    /// <summary>
    /// A person of whom the reading shows no method that counts, though it does not cover all kinds, and of whom there is no report: whether they have one
    /// is not known. Null for everybody else.
    /// </summary>
    private PersonFacts? Unseen(PersonFacts person, CurrentMethods current)
    {
        KindSet missing = current.Unread & ~KindSets.Beside;
        bool mayCount = (MethodSets.NotShown(missing) & MethodSets.Counted & ~MethodSets.OnlyInReport) != PersonMethods.None;
        if (person.Methods is not null || !mayCount || (MethodSets.From(current) & MethodSets.Counted) != PersonMethods.None) return null;
        return person with
        {
            Methods = null,
            Evidence = MethodsSource.None,
            EvidenceAt = null,
            WhyUnknown = Why(person with { Methods = null },
                "The tenant's cloud has no list of these kinds of method, and the registration report has no row of this person: "
                + $"{string.Join(", ", missing.Names())}."),
        };
    }

    private PersonFacts Unread(PersonFacts person, ServiceError error) => person with
    {
        Methods = null,
        Evidence = MethodsSource.None,
        EvidenceAt = null,
        WhyUnknown = Why(person with { Methods = null }, UnknownColumns.Describe(error)),
    };

    /// <summary>Without a reading of the numbers; people without a phone have none of the list's numbers.</summary>
    private SourcePhone Compare(PersonFacts person)
    {
        if (Source is null) return SourcePhone.NotAsked;
        if (person.Wanted is null) return SourcePhone.None;
        return person.Methods is { } methods && (methods & MethodSets.Phones) == PersonMethods.None ? SourcePhone.Differs : SourcePhone.Unknown;
    }

    private Privilege PrivilegeOf(string uid) =>
        Privileges is null ? Privilege.Unknown : Privileges.TryGet(uid, out Privilege held) ? held : Privilege.No;

    private PhoneScope? Scope(string uid)
    {
        if (Policy is null || groups.Contains(Policy.Sms, uid) is not { } sms || groups.Contains(Policy.Voice, uid) is not { } voice) return null;
        return (sms ? PhoneScope.Sms : PhoneScope.None) | (voice ? PhoneScope.Voice : PhoneScope.None)
            | (voice && Policy.OfficeCalls ? PhoneScope.OfficeCalls : PhoneScope.None) | (Policy.LegacyMayApply ? PhoneScope.Legacy : PhoneScope.None);
    }

    private TelephonyChannels? Provider(string uid)
    {
        if (settings.ProviderSms is null && settings.ProviderVoice is null) return null;
        bool? texts = settings.ProviderSms is { } sms ? groups.Contains(sms, uid) : false;
        bool? calls = settings.ProviderVoice is { } voice ? groups.Contains(voice, uid) : false;
        if (texts is null || calls is null) return null;
        return (texts == true ? TelephonyChannels.Sms : TelephonyChannels.None) | (calls == true ? TelephonyChannels.Voice : TelephonyChannels.None);
    }

    /// <summary>The service registers a mobile for sign-in by itself where the policy lets the person sign in by SMS; guests never.</summary>
    private bool? SmsSignIn(PersonFacts person)
    {
        if (person.Methods is { } methods && !methods.HasFlag(PersonMethods.MobilePhone)) return false;
        if (person.Kind is AccountKind.ExternalGuest or AccountKind.ExternalMember) return false;
        if (Policy is null) return null;
        return groups.Contains(Policy.Sms with { Include = Policy.SmsSignIn }, person.Uid);
    }

    /// <summary>Whether a row says that a person can do, or prefers, what its methods do not hold.</summary>
    private static bool Contradicts(RegistrationDetails row)
    {
        PersonMethods needed = row.Default.Knowledge != DefaultMethodKnowledge.Known ? PersonMethods.None : row.Default.Method switch
        {
            PreferredMethod.Push => PersonMethods.AuthenticatorPush | PersonMethods.AuthenticatorPasswordless,
            PreferredMethod.Oath => PersonMethods.AuthenticatorPush | PersonMethods.SoftwareOath | PersonMethods.HardwareOath,
            PreferredMethod.Sms or PreferredMethod.VoiceMobile => PersonMethods.MobilePhone,
            PreferredMethod.VoiceAlternateMobile => PersonMethods.AlternateMobilePhone,
            PreferredMethod.VoiceOffice => PersonMethods.OfficePhone,
        };
        return (needed != PersonMethods.None && (row.Methods & needed) == PersonMethods.None)
            || (row.MfaCapable == true && row.Methods == PersonMethods.None);
    }

    private string? Why(PersonFacts person, string? methods)
    {
        if (person.Methods is null)
        {
            return methods ?? unknown.Why("registrationReport") ?? "The registration report has no row of this person.";
        }

        if (person.Scope is null) return unknown.Why("scope") ?? "A group of the policy could not be read.";
        return person.CertificateInScope switch
        {
            null => unknown.Why("scope") ?? "A group of the policy could not be read.",
            true => "Certificate-based authentication is on for this person; certificates are not registered, so no reading shows them.",
            false => null,
        };
    }
}
