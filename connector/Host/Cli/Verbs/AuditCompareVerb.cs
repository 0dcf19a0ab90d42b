using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Evidence.Audit;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary>
/// <c>audit compare</c>: lays the chain of evidence beside the tenant's own audit log. What this application changed there and the chain
/// does not know, and what the chain says was done and the tenant does not show, are findings; changes by others are listed.
/// </summary>
internal sealed class AuditCompareVerb(WorkspaceOpening workspaces, ResultLines results)
{
    private const int MostLines = 20;

    public async Task<int> RunAsync(string? since, string? delay, CancellationToken stop)
    {
        await using Workspace workspace = await workspaces.OpenAsync(stop);
        AuditComparisonTerms terms = Terms(workspace.Time.GetUtcNow(), since, delay);
        await using ReadingTenant tenant = await workspace.Opening().OpenAsync(await workspace.LearnedAsync(stop), stop);
        AuditComparison comparison = new(terms, tenant.Identity.Id);
        await foreach (AuditRecord record in workspace.Audit.Trail.RecordsAsync(stop))
        {
            if (AuditBody.TryRead(record.Body.AsSpan()) is { } entry) comparison.Observe(entry);
        }

        await foreach (FeedPage<SecurityChange> page in tenant.Changes.ChangesAsync(terms.Since, stop))
        {
            if (page.Error is { } error) throw new ProvisioningException("auditLogNotRead",
                $"The tenant's audit log could not be read: {error.Code}: {error.Message}",
                "Grant AuditLog.Read.All to the application (the log also needs a P1 or P2 licence to go back further than 7 days).");
            foreach (SecurityChange change in page.Entries) comparison.Observe(change);
        }

        comparison.End();
        ImmutableArray<SecurityChange> others = await ManagedAsync(workspace, tenant.Identity.Id, comparison, stop);
        ImmutableArray<Found> findings = [.. comparison.Unknown.Select(Unknown), .. comparison.Missing.Select(Missing)];
        await results.WriteAsync(new
        {
            kind = "auditCompare", formatVersion = "1.0", clean = findings.IsEmpty, tenant = tenant.Identity, since = terms.Since, until = terms.Until,
            matched = comparison.Matched, pending = comparison.Pending,
            findings = findings.Select(f => new { code = f.Code, uid = f.Uid, at = f.At, runId = f.RunId, requestId = f.RequestId, message = f.Message }),
            changesByOthers = others.Select(c => new { uid = c.Uid, at = c.At }),
        }, Lines(comparison, findings, others, terms));
        return findings.IsEmpty ? ExitCodes.Done : ExitCodes.Error;
    }

    /// <summary>Changes by others of users who were verified or written by runs.</summary>
    private static async Task<ImmutableArray<SecurityChange>> ManagedAsync(Workspace workspace,
        string tenantId, AuditComparison comparison, CancellationToken cancellation)
    {
        ImmutableArray<SecurityChange>.Builder managed = ImmutableArray.CreateBuilder<SecurityChange>();
        foreach (SecurityChange[] page in comparison.ByOthers.Chunk(IVerifiedStates.MaxUsers))
        {
            ImmutableDictionary<string, VerifiedState> known = await workspace.States.FindAsync(tenantId,
                [.. page.Select(c => c.Uid).Distinct(StringComparer.OrdinalIgnoreCase)], cancellation);
            managed.AddRange(page.Where(c => comparison.IsManaged(c.Uid) || known.ContainsKey(c.Uid)));
        }

        managed.Sort((a, b) => b.At.CompareTo(a.At));
        return managed.ToImmutable();
    }

    private static Found Unknown(SecurityChange change) => new("unknownChange", change.Uid, change.At, null, null,
        $"At {Moment(change.At)} this application (or an app that the log does not name) changed the security info of {change.Uid}, "
        + "and the audit trail does not have it. Look for another store, another program with this credential, or a stolen credential.");

    private static Found Missing(AuditEntry entry) => new("notInTenantLog", entry.Uid ?? "", entry.SentAt ?? entry.At, entry.RunId, entry.RequestId,
        $"The run {entry.RunId} did an operation on {entry.Operation?.Method} of {entry.Uid} at {Moment(entry.SentAt ?? entry.At)} "
        + $"(request {entry.RequestId ?? "unknown"}), and the tenant's audit log does not show it.");

    private static IEnumerable<string> Lines(AuditComparison comparison, ImmutableArray<Found> findings,
        ImmutableArray<SecurityChange> others, AuditComparisonTerms terms)
    {
        foreach (Found finding in findings.Take(MostLines)) yield return $"{finding.Code}: {finding.Message}";
        if (findings.Length > MostLines) yield return $"… and {Quantity.Of(findings.Length - MostLines, "more finding")}, see --format json";
        if (!others.IsEmpty) yield return $"changes by others to users of these runs: {Quantity.Of(others.Length)}";
        foreach (SecurityChange change in others.Take(MostLines)) yield return $"  {Moment(change.At)} {change.Uid}";
        if (others.Length > MostLines) yield return $"  … and {Quantity.Of(others.Length - MostLines)} more, see --format json";
        string result = findings.IsEmpty ? "clean" : Quantity.Of(findings.Length, "finding");
        yield return $"audit compare since {Moment(terms.Since)}: {result}; {Quantity.Of(comparison.Matched, "operation is", "operations are")} in both logs, "
            + $"{Quantity.Of(comparison.Pending, "is", "are")} not expected in the tenant's log, or not yet";
    }

    private static AuditComparisonTerms Terms(DateTimeOffset now, string? since, string? delay)
    {
        DateTimeOffset from = now - TimeSpan.FromDays(7);
        if (since is not null && !DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out from))
        {
            throw new ProvisioningException("usage", $"--since '{since}' is not a time.", "Write it such as 2026-11-01 or 2026-11-01T06:00:00Z.");
        }

        AuditComparisonTerms terms = new() { Since = from, Until = now };
        if (delay is null) return terms;
        return TimeSpan.TryParse(delay, CultureInfo.InvariantCulture, out TimeSpan late) && late >= TimeSpan.Zero
            ? terms with { Delay = late }
            : throw new ProvisioningException("usage", $"--delay '{delay}' is not a duration.", "Write it such as 02:00:00 or 2.00:00:00.");
    }

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private sealed record Found(string Code, string Uid, DateTimeOffset At, string? RunId, string? RequestId, string Message);
}
