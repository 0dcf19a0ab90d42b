using System.Collections.Immutable;

namespace ProvisioningConnector.Engine.Migration;

/// <summary>What the configuration says for the steps of <c>migrate</c> (docs/retirement.md#safety-rules-of-cleanup).</summary>
public sealed record MigrationSettings
{
    /// <summary>The least of <see cref="CleanupAfter"/>.</summary>
    public static TimeSpan LeastCleanupAfter { get; } = TimeSpan.FromDays(14);

    /// <summary>How long after a person's retirement date their phones may be removed.</summary>
    public TimeSpan CleanupAfter { get; init; } = LeastCleanupAfter;

    /// <summary>A method counts only if it was used within this span.</summary>
    public TimeSpan UsedWithin { get; init; } = TimeSpan.FromDays(30);

    /// <summary>One portable method that counts must have been registered for so long.</summary>
    public TimeSpan PortableFor { get; init; } = TimeSpan.FromDays(7);

    /// <summary>No phone is removed so soon after a pass or a new password.</summary>
    public TimeSpan AfterReset { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Object id of the group of invited people; null: none is set.</summary>
    public string? InviteGroup { get; init; }

    /// <summary>People who get no further for so long are stalled.</summary>
    public TimeSpan StalledAfter { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Whether <c>prove</c> reads the sign-in log of people whose method does not say that it was used.</summary>
    public bool SignIns { get; init; }

    /// <summary>How many kinds of method must count.</summary>
    public int KindsRequired { get; init; } = 1;

    /// <summary>Groups for whose members policy <c>Phones</c> is <c>Retired</c>: object ids, or <c>all_users</c>.</summary>
    public ImmutableArray<string> RetiredGroups { get; init; } = [];

    /// <summary>How long a step can be undone, where <c>UndoMaxAge</c> is shorter.</summary>
    public TimeSpan UndoFor { get; init; } = TimeSpan.FromDays(30);
}
