using System.Collections.Immutable;
using ProvisioningConnector.Engine.Guardrails;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Incremental;

namespace ProvisioningConnector.Engine.Runs.Drift;

/// <summary>
/// The latest change of each user's security info that the audit log shows and that was certainly not made by this application. Read
/// only where rows say how old they are (<c>asOf</c>): without that there is nothing to compare it with. Some 40 bytes per changed user.
/// </summary>
internal sealed class OutsideChanges
{
    /// <summary>How far back the audit log reaches at most (docs/graph.md#registration-report).</summary>
    private static readonly TimeSpan Retention = TimeSpan.FromDays(30);

    private readonly Dictionary<Guid, long> _byId = [];
    private readonly Dictionary<string, long> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the log since the oldest row, and a week at least; gives what went wrong, or null.</summary>
    public async Task<Diagnostic?> ReadAsync(IChangeFeed feed, DateTimeOffset oldest, TimeProvider time,
        IncrementalSettings settings, CancellationToken cancellation)
    {
        DateTimeOffset begun = time.GetUtcNow();
        // Also what is older than every row: it shows that the rows are newer.
        DateTimeOffset recent = begun - settings.FullSweepAfter;
        DateTimeOffset since = oldest < begun - Retention ? begun - Retention : oldest < recent ? oldest - settings.ClockSkew : recent;
        await foreach (FeedPage<SecurityChange> page in feed.ChangesAsync(since, cancellation))
        {
            if (page.Error is { } error)
            {
                return Diagnostic.Warning("auditLogNotRead",
                    "The audit log could not be read, so asOf of the rows was not compared with changes made in the tenant. "
                    + $"{error.Code}: {error.Message} Grant AuditLog.Read.All if it may be read.");
            }

            foreach (SecurityChange change in page.Entries)
            {
                if (!change.MayBeOurs) Observe(change);
            }

            if (time.GetUtcNow() - begun > settings.AuditBudget)
            {
                return Diagnostic.Warning("auditLogLong", CountGuardrail.Text(
                    $"The audit log was not read to its end within {settings.AuditBudget:c}, ")
                    + "so asOf of some rows was not compared with changes made in the tenant.");
            }
        }

        return null;
    }

    public DateTimeOffset? Find(string uid)
    {
        bool known = Guid.TryParse(uid, out Guid id) ? _byId.TryGetValue(id, out long ticks) : _byName.TryGetValue(uid, out ticks);
        return known ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
    }

    private void Observe(SecurityChange change)
    {
        long ticks = change.At.UtcTicks;
        if (Guid.TryParse(change.Uid, out Guid id)) _byId[id] = Math.Max(ticks, _byId.GetValueOrDefault(id));
        else _byName[change.Uid] = Math.Max(ticks, _byName.GetValueOrDefault(change.Uid));
    }
}
