using System.Collections.Immutable;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Ports;

/// <summary>What the tenant itself reports about changes, hours late: the audit log and the
/// registration report (docs/graph.md#registration-report). Never enough to change anything by.</summary>
public interface IChangeFeed
{
    /// <summary>Changes of users' security info since a moment, in no particular order, possibly repeated. A page with an error is the last.</summary>
    IAsyncEnumerable<FeedPage<SecurityChange>> ChangesAsync(DateTimeOffset since, CancellationToken cancellation);

    /// <summary>The registration report of all users. A page with an error is the last.</summary>
    IAsyncEnumerable<FeedPage<RegistrationRow>> RegistrationsAsync(CancellationToken cancellation);
}

/// <summary>Some entries, or why there are no more.</summary>
/// <param name="Entries">At most <see cref="IVerifiedStates.MaxUsers"/>.</param>
/// <param name="Error">Null while all is well.</param>
public sealed record FeedPage<T>(ImmutableArray<T> Entries, ServiceError? Error = null);

/// <summary>A row of the registration report.</summary>
/// <param name="Uid">Object id of the user.</param>
/// <param name="Presence">Which methods the report knows of; names that we do not know are left aside.</param>
/// <param name="At">When the row was refreshed; what it shows may be older.</param>
public readonly record struct RegistrationRow(string Uid, MethodPresence Presence, DateTimeOffset At);
