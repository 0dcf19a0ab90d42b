using System.Collections.Immutable;

namespace ProvisioningConnector.Engine.Migration;

/// <summary>How many invited people are how far.</summary>
/// <param name="At">When they were read.</param>
/// <param name="Invited">People in the group.</param>
/// <param name="States">People by state.</param>
/// <param name="Stalled">People who do not get further by themselves, by reason.</param>
public sealed record ProofCounts(
    DateTimeOffset At, int Invited, ImmutableSortedDictionary<ProofState, int> States, ImmutableSortedDictionary<StallReason, int> Stalled)
{
    public static ProofCounts From(DateTimeOffset at, IReadOnlyCollection<PersonProof> people)
    {
        ArgumentNullException.ThrowIfNull(people);
        return new ProofCounts(at, people.Count,
            Enum.GetValues<ProofState>().ToImmutableSortedDictionary(static state => state, state => people.Count(one => one.State == state)),
            people.Where(static one => one.Stalled is not null).GroupBy(static one => one.Stalled ?? default)
                .ToImmutableSortedDictionary(static group => group.Key, static group => group.Count()));
    }
}

/// <summary>How states and reasons are spelled in documents, lists and the store.</summary>
public static class ProofNames
{
    public static string Name(this ProofState state) => state switch
    {
        ProofState.Invited => "invited",
        ProofState.Registered => "registered",
        ProofState.Used => "used",
        ProofState.PhoneRemovable => "phoneRemovable",
    };

    public static string Name(this StallReason reason) => reason switch
    {
        StallReason.Unreadable => "unreadable",
        StallReason.AccountUnused => "accountUnused",
        StallReason.MethodGone => "methodGone",
        StallReason.NotRegistered => "notRegistered",
        StallReason.NotUsed => "notUsed",
        StallReason.Held => "held",
    };

    /// <summary>What to do about it.</summary>
    public static string Advice(this StallReason reason) => reason switch
    {
        StallReason.Unreadable => "grant UserAuthenticationMethod.Read.All and User.Read.All",
        StallReason.AccountUnused => "ask whether the account is still needed",
        StallReason.MethodGone => "call: the method they had registered is gone",
        StallReason.NotRegistered => "call: nothing was registered since the invitation",
        StallReason.NotUsed => "have them sign in with the new method",
        StallReason.Held => "see 'provision migrate cleanup' for the rule that keeps the phone",
    };
}
