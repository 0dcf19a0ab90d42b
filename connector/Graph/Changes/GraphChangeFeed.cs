using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Serialization;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Connection;
using ProvisioningConnector.Graph.Http;
using ProvisioningConnector.Graph.Sdk;

namespace ProvisioningConnector.Graph.Changes;

/// <summary>
/// Audit log and registration report of the tenant. Both are of the reports class and have a gate of their own, so that they neither starve
/// other reads nor are starved by them. Has no member that writes.
/// </summary>
public sealed class GraphChangeFeed : IChangeFeed
{
    private static readonly string[] RegistrationColumns = ["id", "methodsRegistered", "lastUpdatedDateTime"];
    private readonly GraphConnection _connection;
    private readonly TimeProvider _time;

    public GraphChangeFeed(GraphConnection connection, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(time);
        (_connection, _time) = (connection, time);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<FeedPage<SecurityChange>> ChangesAsync(DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string moment = $"activityDateTime ge {since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}";
        string services = $" and ({string.Join(" or ", AuditActivities.Services.Select(s => $"loggedByService eq '{s}'"))})";
        // What a server does not understand is asked for more plainly; whatever comes is looked at again.
        (string? Filter, int? Top)[] ways = [(moment + services, 999), (moment, 999), (moment, null), (null, null)];
        RequestInformation[] requests = [.. ways.Select(way => _connection.Sdk.Client.AuditLogs.DirectoryAudits.ToGetRequestInformation(c =>
            (c.QueryParameters.Filter, c.QueryParameters.Top) = way))];
        await foreach (PageAnswer<DirectoryAuditEntry> page in ReadAsync(requests, Purpose.ReadAudit, DirectoryAuditEntry.List, cancellation)
            .ConfigureAwait(false))
        {
            foreach (FeedPage<SecurityChange> part in Parts(page, entry => new SecurityChange(entry.Uid, entry.At, MayBeOurs(entry)),
                change => change.At >= since)) yield return part;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<FeedPage<RegistrationRow>> RegistrationsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        (string[] Select, int? Top)[] ways = [(RegistrationColumns, 999), ([], null)];
        RequestInformation[] requests = [.. ways.Select(way => _connection.Sdk.Client.Reports.AuthenticationMethods.UserRegistrationDetails
            .ToGetRequestInformation(c => (c.QueryParameters.Select, c.QueryParameters.Top) = way))];
        await foreach (PageAnswer<RegistrationEntry> page in ReadAsync(requests, Purpose.ReadReport, RegistrationEntry.List, cancellation)
            .ConfigureAwait(false))
        {
            // A row that hides its age counts as new.
            DateTimeOffset now = _time.GetUtcNow();
            foreach (FeedPage<RegistrationRow> part in Parts(page, entry => new RegistrationRow(entry.Uid, entry.Presence, entry.At ?? now),
                _ => true)) yield return part;
        }
    }

    private async IAsyncEnumerable<PageAnswer<TEntry>> ReadAsync<TModel, TEntry>(
        RequestInformation[] ways, Purpose purpose, SdkList<TModel, TEntry> list, [EnumeratorCancellation] CancellationToken cancellation)
        where TModel : IParsable
    {
        for (int way = 0; way < ways.Length; way++)
        {
            bool refused = false;
            bool first = true;
            await foreach (PageAnswer<TEntry> page in _connection.Sdk.ListAsync(ways[way], purpose, list, cancellation).ConfigureAwait(false))
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
    private bool MayBeOurs(DirectoryAuditEntry entry) =>
        entry.ByApp && (entry.AppId is null || _connection.Token?.AppId is not { } own || string.Equals(own, entry.AppId, StringComparison.OrdinalIgnoreCase));
}
