using System.Collections.Immutable;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Ports;

/// <summary>
/// Memory of what was last verified of each user of a tenant. Only runs (<c>apply</c>, <c>resume</c>) save states; a <c>plan</c> may note
/// signs. Any call may end in a <see cref="StoreException"/>.
/// </summary>
public interface IVerifiedStates
{
    /// <summary>Most users in one call.</summary>
    const int MaxUsers = 1_000;

    /// <summary>Whether anything settled is remembered of this tenant.</summary>
    ValueTask<bool> AnyAsync(string tenantId, CancellationToken cancellation);

    /// <summary>What is remembered of up to <see cref="MaxUsers"/> users, by object id ignoring case; users of whom nothing is are left out.</summary>
    ValueTask<ImmutableDictionary<string, VerifiedState>> FindAsync(string tenantId, ImmutableArray<string> uids, CancellationToken cancellation);

    /// <summary>Saves up to <see cref="MaxUsers"/> states, all or none; replaces earlier ones,
    /// but keeps their signs, and their own writes where the new state has none.</summary>
    ValueTask SaveAsync(string tenantId, ImmutableArray<VerifiedState> states, CancellationToken cancellation);

    /// <summary>These users did not end well: they are due until a state is saved again. Users of whom nothing is remembered stay so.</summary>
    ValueTask UnsettleAsync(string tenantId, ImmutableArray<string> uids, CancellationToken cancellation);

    /// <summary>A run is about to write these values: the users are unsettled, and the values
    /// <see cref="VerifiedState.Attempted"/>, until a state is saved again.</summary>
    ValueTask AttemptAsync(string tenantId, ImmutableArray<AttemptedUser> users, CancellationToken cancellation);

    /// <summary>Of up to <see cref="MaxUsers"/> names, compared ignoring case, those that were another object id's when they were last saved.</summary>
    ValueTask<ImmutableHashSet<string>> MovedNamesAsync(string tenantId, ImmutableArray<NamedUser> names, CancellationToken cancellation);

    /// <summary>Replaces the signs of users of whom a state is remembered; others are left out.</summary>
    ValueTask NoteAsync(string tenantId, ImmutableArray<SignedUser> users, CancellationToken cancellation);

    /// <summary>When the audit log was last begun to be read and then read to its end; null when never.</summary>
    ValueTask<DateTimeOffset?> AuditReadAsync(string tenantId, CancellationToken cancellation);

    ValueTask KeepAuditReadAsync(string tenantId, DateTimeOffset at, CancellationToken cancellation);

    /// <summary>Forgets everything of a tenant: it is another one now, as a sandbox that is back to its seed.</summary>
    ValueTask ForgetAsync(string tenantId, CancellationToken cancellation);
}
