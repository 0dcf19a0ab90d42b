using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Engine.Readiness;

/// <summary>What was read of a person. A value that could not be read is null and never stands for "no".</summary>
public sealed record PersonFacts
{
    /// <summary>Object id.</summary>
    public required string Uid { get; init; }

    /// <summary>User principal name; the object id where the directory has none.</summary>
    public required string User { get; init; }

    public string? DisplayName { get; init; }

    public string? Department { get; init; }

    /// <summary>The manager's display name.</summary>
    public string? Manager { get; init; }

    /// <summary>Preferred language, such as <c>de-DE</c>.</summary>
    public string? Language { get; init; }

    /// <summary>E-mail address, for lists of recipients.</summary>
    public string? Mail { get; init; }

    public string? GivenName { get; init; }

    public bool? Enabled { get; init; }

    public bool OnPremisesSynced { get; init; }

    public AccountKind Kind { get; init; }

    /// <summary>Whether all signs agree on <see cref="Kind"/>.</summary>
    public bool KindIsCertain { get; init; } = true;

    public Privilege Privilege { get; init; } = Privilege.No;

    /// <summary>Null: not read.</summary>
    public PersonMethods? Methods { get; init; }

    /// <summary>Where <see cref="Methods"/> come from.</summary>
    public MethodsSource Evidence { get; init; }

    /// <summary>How old they are.</summary>
    public DateTimeOffset? EvidenceAt { get; init; }

    /// <summary>Why methods or scope are not known; null when they are.</summary>
    public string? WhyUnknown { get; init; }

    /// <summary>Whether report and tenant, or two columns of the report, disagreed.</summary>
    public bool Contradiction { get; init; }

    public DefaultMethod Default { get; init; }

    /// <summary>Whether the service chooses the strongest method whatever the default is.</summary>
    public bool? SystemPreferred { get; init; }

    /// <summary>Whether self-service password reset is on for the person.</summary>
    public bool? ResetEnabled { get; init; }

    /// <summary>By which policy phones may be used for MFA; null: not known.</summary>
    public PhoneScope? Scope { get; init; }

    /// <summary>Whether certificate-based authentication is on for the person.</summary>
    public bool? CertificateInScope { get; init; }

    public bool? SmsSignIn { get; init; }

    /// <summary>Whether the person signs in through NPS, RADIUS or AD FS.</summary>
    public bool? OnPremisesMfa { get; init; }

    public bool? PasskeyAllowed { get; init; }

    /// <summary>For which channels the tenant's own telephony provider holds the person; null: not known.</summary>
    public TelephonyChannels? Provider { get; init; }

    /// <summary>What the authoritative list wants; numbers that go no further than the comparison.</summary>
    internal DesiredMethods? Wanted { get; init; }

    /// <summary>Whether the authoritative list has the tenant's numbers.</summary>
    public SourcePhone SourcePhone { get; init; }

    public bool Excluded { get; init; }

    public bool OnLeave { get; init; }

    /// <summary>Whether <see cref="LastSignIn"/> was read.</summary>
    public bool LastSignInRead { get; init; }

    /// <summary>Null although it was read: never.</summary>
    public DateTimeOffset? LastSignIn { get; init; }
}

/// <summary>What an account is to the tenant.</summary>
public enum AccountKind : byte
{
    Member,
    InternalGuest,
    ExternalGuest,
    ExternalMember,
}

/// <summary>Directory roles of a person, as far as dates depend on them.</summary>
public enum Privilege : byte
{
    Unknown,
    No,

    /// <summary>May activate a role; counts for the earlier date.</summary>
    Eligible,

    /// <summary>Holds a role other than Global Administrator.</summary>
    Other,
    GlobalAdministrator,
}

/// <summary>Where a person's methods were read.</summary>
public enum MethodsSource : byte
{
    None,

    /// <summary>The registration report, hours old.</summary>
    Report,

    /// <summary>The methods themselves.</summary>
    Live,
}

/// <summary>A person's numbers in the tenant beside those of the authoritative list.</summary>
public enum SourcePhone : byte
{
    /// <summary>No list was given.</summary>
    NotAsked,

    /// <summary>The list has no number of the person.</summary>
    None,
    Same,
    Differs,

    /// <summary>The person's numbers could not be read.</summary>
    Unknown,
}

/// <summary>Policies that let a person use phones for MFA.</summary>
[Flags]
public enum PhoneScope : byte
{
    None = 0,
    Sms = 1,
    Voice = 2,

    /// <summary>Calls to office phones; only together with <see cref="Voice"/>.</summary>
    OfficeCalls = 4,

    /// <summary>The migration of the old MFA and reset policies is not complete, so they may allow phones; Graph does not show them.</summary>
    Legacy = 8,
}

/// <summary>Channels of telephony.</summary>
[Flags]
public enum TelephonyChannels : byte
{
    None = 0,
    Sms = 1,
    Voice = 2,
}
