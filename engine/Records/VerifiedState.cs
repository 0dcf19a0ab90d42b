using System.Collections.Immutable;
using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Engine.Records;

/// <summary>What is remembered of a user since everything that a row manages was last seen as
/// the row wants it. Holds digests and flags only, no value.</summary>
/// <param name="Uid">Object id; compared ignoring case.</param>
/// <param name="Row">Of everything the row wanted.</param>
/// <param name="Rules">Of the policy and the limits that shaped the plan.</param>
/// <param name="Presence">Which methods were there.</param>
/// <param name="VerifiedAt">When, at the earliest: just before the read that showed it, or before
/// our first write that led to it. Whatever happened later is not known of.</param>
public sealed record VerifiedState(string Uid, StateDigest Row, StateDigest Rules, MethodPresence Presence, DateTimeOffset VerifiedAt)
{
    /// <summary>Whether the user ended equal, or done and verified, in the last run that included them; otherwise the user is due.</summary>
    public bool IsSettled { get; init; } = true;

    /// <summary>Our own last writes: audit entries of apps in between are ours. Null when a run never wrote; kept when a later state comes without.</summary>
    public OwnWrites? Own { get; init; }

    /// <summary>One digest per managed value, as the tenant held it, in order of the values; for distinguishing drift from a changed row.</summary>
    public ImmutableArray<PartDigest> Parts { get; init; } = [];

    /// <summary>Values that a run was about to write since: where they differ, it may be because the run failed, so they show nothing about drift.</summary>
    public ManagedValues Attempted { get; init; }

    /// <summary>The name of the user in the source (<see cref="SourceRow.NameOf"/>); null when it names the user by object id. Never read back.</summary>
    public string? Name { get; init; }

    /// <summary>Whether the name is this user's from now on, even where it was another's; otherwise only a name that was no one's.</summary>
    public bool TakesName { get; init; }

    /// <summary>What is held and would be tomorrow too, and since when; default: nothing new is known of that, and what was known stays.</summary>
    public ImmutableArray<HeldSince> Held { get; init; } = [];

    /// <summary>What was received from outside. A later state does not wipe it out: the times decide.</summary>
    public OutsideSigns Signs { get; init; }
}

/// <summary>A part that a policy or a protection holds.</summary>
/// <param name="Part">The part.</param>
/// <param name="IsRemoval">Whether the source wants something gone there.</param>
/// <param name="Since">When a run first found it held so.</param>
public readonly record struct HeldSince(Part Part, bool IsRemoval, DateTimeOffset Since)
{
    internal bool IsSame(HeldSince other) => Part == other.Part && IsRemoval == other.IsRemoval;
}

/// <summary>When a run wrote to a user.</summary>
/// <param name="From">When its first request left.</param>
/// <param name="Until">When the last read showed all of it.</param>
public readonly record struct OwnWrites(DateTimeOffset From, DateTimeOffset Until);

/// <summary>What the tenant's reports reported of a user.</summary>
/// <param name="TouchedAt">Latest change of the security info according to the audit log that is not ours.</param>
/// <param name="DoubtedAt">Age of the registration report's row that contradicted what was verified.</param>
/// <param name="Doubt">What that row said was there. A report that goes on saying so after the user was read is not believed twice.</param>
public readonly record struct OutsideSigns(DateTimeOffset? TouchedAt, DateTimeOffset? DoubtedAt, MethodPresence? Doubt);

/// <summary>A user with values that a run is about to write.</summary>
public readonly record struct AttemptedUser(string Uid, ManagedValues Values);

/// <summary>Who answers to a name today.</summary>
public readonly record struct NamedUser(string Name, string Uid);

/// <summary>Signs for one user.</summary>
public readonly record struct SignedUser(string Uid, OutsideSigns Signs);
