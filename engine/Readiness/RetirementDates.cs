namespace ProvisioningConnector.Engine.Readiness;

/// <summary>When Microsoft's SMS and voice end, where that was read, and when. Settings, because Microsoft moves dates.</summary>
public sealed record RetirementDates
{
    /// <summary>For members, internal guests and PIM-eligible administrators.</summary>
    public DateOnly Members { get; init; } = new(2027, 2, 1);

    /// <summary>For Global Administrators and external users.</summary>
    public DateOnly GlobalAdministratorsAndExternals { get; init; } = new(2027, 7, 1);

    /// <summary>An own telephony provider should be finished by then.</summary>
    public DateOnly ProviderFinished { get; init; } = new(2027, 1, 4);

    public string Source { get; init; } = "Microsoft Learn, concept-sms-voice-retirement and its FAQ; Message center MC1426371";

    public DateOnly ReadOn { get; init; } = new(2026, 9, 23);
}

/// <summary>The tenant's self-service password reset, which Graph does not show. Null: not set, so not known.</summary>
public sealed record ResetSettings
{
    /// <summary>How many methods a reset takes: 1 or 2.</summary>
    public int? MethodsRequired { get; init; }

    /// <summary>Which methods it takes.</summary>
    public PersonMethods? Allowed { get; init; }

    /// <summary>Whether passwords are written back on premises.</summary>
    public bool? Writeback { get; init; }
}

/// <summary>What the rules go by besides a person's facts.</summary>
public sealed record ReadinessTerms
{
    /// <summary>Null: no date is announced for this kind of tenant (national clouds, Azure AD B2C, External ID).</summary>
    public RetirementDates? Dates { get; init; } = new();

    public ResetSettings Reset { get; init; } = new();

    /// <summary>Enabled people with only a phone who did not sign in for so long are dormant.</summary>
    public TimeSpan DormantAfter { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Now.</summary>
    public required DateTimeOffset At { get; init; }

    public PromptTerms Prompt { get; init; } = new();
}

/// <summary>What decides whether a person can complete the prompt for a passkey. Null: not known.</summary>
public sealed record PromptTerms
{
    /// <summary>Whether the tenant lets people register passkeys themselves.</summary>
    public bool? SelfService { get; init; }

    /// <summary>Whether the passkey policy admits a type that people have.</summary>
    public bool? UsableType { get; init; }

    /// <summary>Whether Conditional Access keeps people from registering security information.</summary>
    public bool? RegistrationBlocked { get; init; }

    /// <summary>Whether guests can have passkeys in this tenant.</summary>
    public bool? Guests { get; init; }
}
