using System.Collections.Immutable;

namespace ProvisioningConnector.Engine.Readiness;

/// <summary>What the configuration says for readiness. Groups are named by object id, or <c>all_users</c>; null: not set, so not known.</summary>
public sealed record ReadinessSettings
{
    public RetirementDates Dates { get; init; } = new();

    public ResetSettings Reset { get; init; } = new();

    /// <summary>For whom password reset is on, where the report does not say.</summary>
    public ImmutableArray<string>? ResetGroups { get; init; }

    /// <summary>Who signs in through NPS, RADIUS or AD FS.</summary>
    public ImmutableArray<string>? OnPremisesGroups { get; init; }

    /// <summary>Whom the tenant's own telephony provider texts.</summary>
    public ImmutableArray<string>? ProviderSms { get; init; }

    /// <summary>Whom the tenant's own telephony provider calls.</summary>
    public ImmutableArray<string>? ProviderVoice { get; init; }

    /// <summary>Left aside: groups.</summary>
    public ImmutableArray<string> ExcludedGroups { get; init; } = [];

    /// <summary>Left aside: object ids or user principal names.</summary>
    public ImmutableHashSet<string> ExcludedUsers { get; init; } = ImmutableHashSet.Create<string>(StringComparer.OrdinalIgnoreCase);

    public ImmutableArray<string> OnLeaveGroups { get; init; } = [];

    /// <summary>Whether guests can have passkeys in this tenant.</summary>
    public bool? GuestPasskeys { get; init; }

    /// <summary>Whether the last sign-in is read (<c>AuditLog.Read.All</c> and a P1 licence).</summary>
    public bool LastSignIn { get; init; }

    /// <summary>Whether people are also counted by manager.</summary>
    public bool ManagerRollUp { get; init; }

    public TimeSpan DormantAfter { get; init; } = TimeSpan.FromDays(90);

    /// <summary>What the store keeps of runs.</summary>
    public ReadinessHistory History { get; init; } = ReadinessHistory.CountsOnly;
}
