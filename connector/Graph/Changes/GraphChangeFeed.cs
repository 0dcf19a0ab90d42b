using System.Globalization;
using System.Runtime.CompilerServices;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Connection;
using ProvisioningConnector.Graph.Json;
using ProvisioningConnector.Graph.Users;

namespace ProvisioningConnector.Graph.Changes;

/// <summary>
/// Audit log and registration report of the tenant. Both are of the reports class and have a gate of their own, so that they neither starve
/// other reads nor are starved by them. Has no member that writes.
/// </summary>
public sealed class GraphChangeFeed : IChangeFeed
{
    private readonly GraphConnection _connection;
    private readonly TimeProvider _time;
    private readonly Pages _pages;

    public GraphChangeFeed(GraphConnection connection, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(time);
        (_connection, _time) = (connection, time);
        _pages = new Pages(connection, connection.Reports);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<FeedPage<SecurityChange>> ChangesAsync(DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string moment = Uri.EscapeDataString($"activityDateTime ge {since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}");
        string services = Uri.EscapeDataString($" and ({string.Join(" or ", AuditActivities.Services.Select(s => $"loggedByService eq '{s}'"))})");
        // What a server does not understand is asked for more plainly; whatever comes is looked at again.
        string[] ways = [$"?$filter={moment}{services}&$top=999", $"?$filter={moment}&$top=999", $"?$filter={moment}", string.Empty];
        await foreach (PageAnswer<AuditEntry> page in ReadAsync<AuditEntry>("auditLogs/directoryAudits",
            ways, Purpose.ReadAudit, AuditPage.TryRead, cancellation).ConfigureAwait(false))
        {
            foreach (FeedPage<SecurityChange> part in Parts(page, entry => new SecurityChange(entry.Uid, entry.At, MayBeOurs(entry)),
                change => change.At >= since)) yield return part;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<FeedPage<RegistrationRow>> RegistrationsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        string[] ways = ["?$select=id,methodsRegistered,lastUpdatedDateTime&$top=999", string.Empty];
        await foreach (PageAnswer<RegistrationEntry> page in ReadAsync<RegistrationEntry>("reports/authenticationMethods/userRegistrationDetails",
            ways, Purpose.ReadReport, RegistrationPage.TryRead, cancellation).ConfigureAwait(false))
        {
            // A row that hides its age counts as new.
            DateTimeOffset now = _time.GetUtcNow();
            foreach (FeedPage<RegistrationRow> part in Parts(page, entry => new RegistrationRow(entry.Uid, entry.Presence, entry.At ?? now),
                _ => true)) yield return part;
        }
    }

    private async IAsyncEnumerable<PageAnswer<T>> ReadAsync<T>(
        string path, string[] ways, Purpose purpose, ReadPage<T> read, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (int way = 0; way < ways.Length; way++)
        {
            bool refused = false;
            bool first = true;
            await foreach (PageAnswer<T> page in _pages.ReadAsync(_connection.Addresses.V1(path + ways[way]), purpose, read, cancellation)
                .ConfigureAwait(false))
            {
                refused = first && way + 1 < ways.Length && page.Error is { Kind: ErrorKind.Refused or ErrorKind.InvalidValue };
                first = false;
                if (refused) break;
                yield return page;
            }

            if (!refused) yield break;
        }
    }

    private static IEnumerable<FeedPage<TOut>> Parts<TIn, TOut>(PageAnswer<TIn> page, Func<TIn, TOut> turn, Func<TOut, bool> wanted)
    {
        if (page.Error is { } error) return [new FeedPage<TOut>([], error)];
        return page.Entries.Select(turn).Where(wanted).Chunk(IVerifiedStates.MaxUsers).Select(part => new FeedPage<TOut>([.. part]));
    }

    /// <summary>An app of which the log does not say which, or our token not whose it is, may be us.</summary>
    private bool MayBeOurs(AuditEntry entry) =>
        entry.ByApp && (entry.AppId is null || _connection.Token?.AppId is not { } own || string.Equals(own, entry.AppId, StringComparison.OrdinalIgnoreCase));
}
