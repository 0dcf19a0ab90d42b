using System.Collections.Immutable;

namespace ProvisioningConnector.Sandbox.Settings;

/// <summary>The authentication methods policy, as far as it is not given by other settings.</summary>
public sealed record MethodsPolicySettings
{
    /// <summary><c>preMigration</c>, <c>migrationInProgress</c> or <c>migrationComplete</c>.</summary>
    public string MigrationState { get; init; } = "migrationComplete";
    /// <summary>Methods by their id, such as <c>Sms</c>; one that is not here is for everybody.</summary>
    public ImmutableSortedDictionary<string, MethodPolicySettings>? Methods { get; init; }
    public bool PasskeySelfService { get; init; } = true;
    /// <summary>State of the registration campaign; null: the policy has none.</summary>
    public string? Campaign { get; init; }
    public string CampaignMethod { get; init; } = "microsoftAuthenticator";
    /// <summary>Ids of groups that the campaign asks; null: everybody.</summary>
    public ImmutableArray<string>? CampaignTargets { get; init; }
    /// <summary>Ids of groups that it leaves out; null: none.</summary>
    public ImmutableArray<string>? CampaignExclude { get; init; }
    /// <summary>Terms of temporary access passes; null: the policy does not name them, and all that the API takes is taken.</summary>
    public PassPolicySettings? Pass { get; init; }
    /// <summary>Whether a pass can be created for a user outside the policy. Documented: yes, and only the sign-in fails.</summary>
    public Tolerance PassOutsidePolicy { get; init; }
    /// <summary><c>optOutSettings.passkeyDynamicMigration</c> of beta; null: absent.</summary>
    public bool? OptedOut { get; init; }
    /// <summary>Custom authentication strengths by name, with the combinations that they allow; null: none.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>>? Strengths { get; init; }
    /// <summary>Conditional Access policies about registering security information; null: none.</summary>
    public ImmutableArray<RegistrationPolicySettings>? Registration { get; init; }
    /// <summary>Other Conditional Access policies; null: none.</summary>
    public ImmutableArray<AccessPolicySettings>? Access { get; init; }
}

/// <summary>What temporary access passes are like.</summary>
public sealed record PassPolicySettings
{
    public int MinimumLifetimeInMinutes { get; init; } = 60;
    public int MaximumLifetimeInMinutes { get; init; } = 480;
    public int DefaultLifetimeInMinutes { get; init; } = 60;
    public int DefaultLength { get; init; } = 8;
    /// <summary>Whether every pass is for one use.</summary>
    public bool UsableOnce { get; init; }
}

/// <summary>A Conditional Access policy about applications.</summary>
public sealed record AccessPolicySettings
{
    public required string DisplayName { get; init; }
    public string State { get; init; } = "enabled";
    /// <summary>Ids of groups.</summary>
    public ImmutableArray<string> Include { get; init; } = [];
    /// <summary>Ids of groups.</summary>
    public ImmutableArray<string> Exclude { get; init; } = [];
}

/// <summary>One method of the policy.</summary>
public sealed record MethodPolicySettings
{
    public bool Enabled { get; init; } = true;
    /// <summary>Ids of groups, or <c>all_users</c>.</summary>
    public ImmutableArray<string> Include { get; init; } = ["all_users"];
    public ImmutableArray<string> Exclude { get; init; } = [];
    /// <summary>Of SMS: which of <see cref="Include"/> may sign in with it.</summary>
    public ImmutableArray<string> SignIn { get; init; } = [];
}

/// <summary>A Conditional Access policy in force on the user action of registering security information.</summary>
public sealed record RegistrationPolicySettings
{
    public required string DisplayName { get; init; }
    /// <summary>Whether it blocks (true) or asks for MFA.</summary>
    public bool Blocks { get; init; }
    /// <summary>Ids of groups left out.</summary>
    public ImmutableArray<string> Exclude { get; init; } = [];
}
