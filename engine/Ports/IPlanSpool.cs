using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Ports;

/// <summary>
/// Where a plan's rows lie while the plan is made, so that memory does not grow with users: every row leaves a small
/// record, bodies are kept only for users that are not equal. Filled in phases: rows, then the directory, then plans.
/// Any call may end in a <see cref="StoreException"/>. A stream may be read while other calls are made.
/// </summary>
public interface IPlanSpool : IAsyncDisposable
{
    /// <summary>Phase 1: one source row. Ordinals need no order, but are given once.</summary>
    ValueTask AddRowAsync(SourceRow row, CancellationToken cancellation);

    /// <summary>Rows added so far.</summary>
    long RowCount { get; }

    /// <summary>Phase 2: ties a page of the directory to the rows whose keys name its users.</summary>
    ValueTask MatchAsync(ImmutableArray<DirectoryUser> users, CancellationToken cancellation);

    /// <summary>Phase 2, small sources: ties the users found for one key to the rows with that key.</summary>
    ValueTask MatchAsync(UserKey key, ImmutableArray<DirectoryUser> users, CancellationToken cancellation);

    /// <summary>Phase 2, small sources: the distinct keys of all rows that have one, in row order.</summary>
    IAsyncEnumerable<UserKey> KeysAsync(CancellationToken cancellation);

    /// <summary>Phase 3: all rows in source order, resolved. Call only after all matches. Rows whose plan was saved as equal do not come again.</summary>
    IAsyncEnumerable<ResolvedRow> ResolvedAsync(CancellationToken cancellation);

    /// <summary>Phase 3: the plan of a row that was added; replaces an earlier one. Of a row that is equal only its situation is kept.</summary>
    ValueTask SaveAsync(PlannedUser user, CancellationToken cancellation);

    /// <summary>Phase 4: everybody who is not equal, in source order.</summary>
    IAsyncEnumerable<PlannedUser> PlannedAsync(CancellationToken cancellation);
}

/// <summary>A row after the directory was matched.</summary>
/// <param name="Row">The row as read.</param>
/// <param name="User">The user when exactly one matches; otherwise null.</param>
/// <param name="Matches">How many different users the key names: 0, 1, or more.</param>
/// <param name="RowsOfUser">How many rows name this user, this one included; more than one is
/// an error on each of them; 0 when <paramref name="User"/> is null.</param>
/// <param name="OtherPlace">Place of another row that names the same user; null when there is none.</param>
/// <param name="SharedBy">The largest number of different users that want this row's mobile or alternateMobile number, counted over all rows, a row that
/// resolves to no one by its key; 0 when it wants none.</param>
public sealed record ResolvedRow(SourceRow Row, DirectoryUser? User, int Matches, int RowsOfUser, Place? OtherPlace, int SharedBy);
