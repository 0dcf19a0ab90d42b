using System.Collections.Immutable;

namespace ProvisioningConnector.Engine.Readiness;

/// <summary>Whom a method is meant for.</summary>
/// <param name="Enabled">Whether the method is on at all.</param>
/// <param name="Include">Ids of groups and users; <see cref="AllUsers"/> stands for everybody.</param>
/// <param name="Exclude">Ids of groups and users.</param>
public sealed record MethodTargets(bool Enabled, ImmutableArray<string> Include, ImmutableArray<string> Exclude)
{
    /// <summary>The service's name for everybody.</summary>
    public const string AllUsers = "all_users";

    public static MethodTargets Off { get; } = new(false, [], []);
}

/// <summary>The tenant's authentication methods policy, as far as readiness needs it.</summary>
public sealed record TenantPolicy
{
    public MethodTargets Sms { get; init; } = MethodTargets.Off;

    public MethodTargets Voice { get; init; } = MethodTargets.Off;

    public MethodTargets Passkey { get; init; } = MethodTargets.Off;

    public MethodTargets Certificate { get; init; } = MethodTargets.Off;

    /// <summary>Temporary access passes.</summary>
    public MethodTargets Pass { get; init; } = MethodTargets.Off;

    /// <summary>Who may sign in by SMS: ids among <see cref="Sms"/>.</summary>
    public ImmutableArray<string> SmsSignIn { get; init; } = [];

    /// <summary>Whether office phones may be called.</summary>
    public bool OfficeCalls { get; init; }

    /// <summary>As the service spells it; null: absent.</summary>
    public string? MigrationState { get; init; }

    /// <summary>Whether the old MFA and reset policies may allow phones too.</summary>
    public bool LegacyMayApply => !string.Equals(MigrationState, "migrationComplete", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether people may register passkeys themselves.</summary>
    public bool? PasskeySelfService { get; init; }

    /// <summary>Whether the policy admits a type of passkey that people have; null: it restricts them to some models.</summary>
    public bool? PasskeyUsableType { get; init; }

    /// <summary>Number of passkey profiles; several combine by "at least one".</summary>
    public int PasskeyProfiles { get; init; }

    /// <summary>Temporary access passes on or off.</summary>
    public bool? TemporaryAccessPass { get; init; }

    /// <summary>State of the registration campaign, as the service spells it.</summary>
    public string? CampaignState { get; init; }

    /// <summary>The methods that the campaign asks people to register.</summary>
    public ImmutableArray<string> CampaignMethods { get; init; } = [];

    /// <summary>Ids of groups and users whom the campaign asks; <see cref="MethodTargets.AllUsers"/> stands for everybody.</summary>
    public ImmutableArray<string> CampaignTargets { get; init; } = [];

    /// <summary>Whether the tenant opted out of the rollout of 1 September 2026; null: not known.</summary>
    public bool? OptedOut { get; init; }
}

/// <summary>What kind of tenant it is.</summary>
/// <param name="Type">As the service spells it, such as <c>AAD</c>, <c>AAD B2C</c> or <c>CIAM</c>; null: not known.</param>
public sealed record TenantTraits(string? Type)
{
    /// <summary>Whether the announced dates are for tenants of this type. An unknown type counts as an ordinary tenant.</summary>
    public bool HasDates => Type is null || Type.Equals("AAD", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Authentication strengths that nothing but SMS or voice satisfies.</summary>
/// <param name="Names">Their display names.</param>
public sealed record PhoneStrengths(ImmutableArray<string> Names);

/// <summary>How Conditional Access treats the registration of security information.</summary>
/// <param name="Blocks">Whether a policy in force blocks it for everybody.</param>
/// <param name="Limits">Names of policies in force that block or limit it for some people.</param>
public sealed record RegistrationAccess(bool Blocks, ImmutableArray<string> Limits);
