using System.Collections.Immutable;
using ProvisioningConnector.Engine.Guardrails;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs.Incremental;

/// <summary>Takes in what the tenant's reports show, page by page, and notes it as signs on the
/// users' states. What cannot be read is reported once and skipped.</summary>
internal sealed class FeedReading(IChangeFeed feed, IVerifiedStates states, IncrementalSettings settings, TimeProvider time, string tenantId)
{
    public async Task<ImmutableArray<Diagnostic>> ReadAsync(CancellationToken cancellation)
    {
        Diagnostic? audit = await ReadAuditAsync(cancellation);
        Diagnostic? report = await ReadReportAsync(cancellation);
        return [.. new[] { audit, report }.OfType<Diagnostic>()];
    }

    private async Task<Diagnostic?> ReadAuditAsync(CancellationToken cancellation)
    {
        DateTimeOffset begun = time.GetUtcNow();
        await foreach (FeedPage<SecurityChange> page in feed.ChangesAsync(await SinceAsync(begun, cancellation), cancellation))
        {
            if (page.Error is { } error) return Missing("auditLogNotRead", "The audit log", error,
                "changes made outside are found by the registration report and by the rolling share");
            await NoteAsync(page.Entries, static change => change.Uid, (state, change) => OutsideRule.Observe(state, change, settings), cancellation);
            if (time.GetUtcNow() - begun > settings.AuditBudget)
            {
                return Diagnostic.Warning("auditLogLong", CountGuardrail.Text(
                    $"The audit log was not read to its end within {settings.AuditBudget:c}. ")
                    + "The next run begins at the same moment again; users further on are found by the rolling share.");
            }
        }

        await states.KeepAuditReadAsync(tenantId, begun, cancellation);
        return null;
    }

    /// <summary>Entries older than the sweep decide nothing: the user is due anyway.</summary>
    private async ValueTask<DateTimeOffset> SinceAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        DateTimeOffset oldest = now - settings.FullSweepAfter - settings.ReadLag;
        DateTimeOffset? last = await states.AuditReadAsync(tenantId, cancellation) - settings.AuditDelay;
        return last > oldest ? last.Value : oldest;
    }

    private async Task<Diagnostic?> ReadReportAsync(CancellationToken cancellation)
    {
        DateTimeOffset begun = time.GetUtcNow();
        long rows = 0;
        await foreach (FeedPage<RegistrationRow> page in feed.RegistrationsAsync(cancellation))
        {
            if (page.Error is { } error) return Missing("registrationReportNotRead", "The registration report",
                error, "changes made outside are found by the audit log and by the rolling share");
            rows += page.Entries.Length;
            await NoteAsync(page.Entries, static row => row.Uid, OutsideRule.Observe, cancellation);
            if (time.GetUtcNow() - begun > settings.ReportBudget)
            {
                return Diagnostic.Info("registrationReportLong", CountGuardrail.Text(
                    $"Of the registration report the first {rows} users were compared; more take longer than {settings.ReportBudget:c}. ")
                    + "The others are found by the audit log and by the rolling share.");
            }
        }

        return null;
    }

    private async ValueTask NoteAsync<T>(ImmutableArray<T> entries, Func<T, string> uid, Func<VerifiedState, T, OutsideSigns> observe,
        CancellationToken cancellation)
    {
        if (entries.IsEmpty) return;
        ImmutableArray<string> uids = [.. entries.Select(uid).Distinct(StringComparer.OrdinalIgnoreCase)];
        ImmutableDictionary<string, VerifiedState> known = await states.FindAsync(tenantId, uids, cancellation);
        Dictionary<string, VerifiedState> changed = new(StringComparer.OrdinalIgnoreCase);
        foreach (T entry in entries)
        {
            VerifiedState? state = changed.GetValueOrDefault(uid(entry)) ?? known.GetValueOrDefault(uid(entry));
            if (state is null) continue;
            OutsideSigns signs = observe(state, entry);
            if (signs != state.Signs) changed[state.Uid] = state with { Signs = signs };
        }

        if (changed.Count > 0) await states.NoteAsync(tenantId, [.. changed.Values.Select(s => new SignedUser(s.Uid, s.Signs))], cancellation);
    }

    private static Diagnostic Missing(string code, string what, ServiceError error, string instead)
    {
        bool forbidden = error.Kind is ErrorKind.Forbidden or ErrorKind.Unauthenticated or ErrorKind.Licence or ErrorKind.B2C;
        string how = forbidden ? "Grant AuditLog.Read.All (the reports also need a P1 or P2 licence) to find them at once." : error.Advice;
        return Diagnostic.Warning(code, $"{what} could not be read, so {instead} only. {error.Code}: {error.Message} {how}".TrimEnd());
    }
}
