using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs.Memory;

/// <summary>Reads from the store what guardrails have to know of earlier runs.</summary>
public static class PlanMemoryReader
{
    // How long a run that never came to its end may have gone on; its users are looked at one by one.
    private static readonly TimeSpan LongestRun = TimeSpan.FromDays(2);

    /// <summary>The last accepted state of a source, and what runs of the tenant applied.</summary>
    /// <param name="sources">Accepted sources.</param>
    /// <param name="store">Runs.</param>
    /// <param name="tenantId">Object id of the tenant.</param>
    /// <param name="source">The source of the plan.</param>
    /// <param name="now">The end of the windows.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static async Task<PlanMemory> ReadAsync(
        ISourceMemory sources, IRunStore store, string tenantId, SourceIdentity source, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(source);
        return new(
            await sources.FindAsync(tenantId, source.Name, source.Delta, cancellation),
            await PastWritesAsync(store, tenantId, now, cancellation));
    }

    /// <summary>What runs of the tenant applied within the last day and the last week.</summary>
    /// <param name="store">All runs.</param>
    /// <param name="tenantId">Runs of this tenant count.</param>
    /// <param name="now">The windows end here.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static async Task<PastWrites> PastWritesAsync(IRunStore store, string tenantId, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(store);
        PastWrites past = PastWrites.None;
        await foreach (RunHeader run in store.RunsAsync(cancellation))
        {
            if (!string.Equals(run.Plan.Tenant.Id, tenantId, StringComparison.OrdinalIgnoreCase) || run.Outcome == RunOutcome.Blocked) continue;
            if (run.EndedAt is not null)
            {
                foreach (AppliedHour hour in run.Applied) past = past.Plus(hour, now);
                continue;
            }

            DateTimeOffset begun = run.ResumedAt.IsDefaultOrEmpty ? run.StartedAt : run.ResumedAt[^1];
            if (begun < now - PastWrites.OneWeek - LongestRun) continue;
            AppliedCount count = new(begun);
            await foreach (RunUser user in store.UsersAsync(run.RunId, cancellation)) count.Observe(user);
            foreach (AppliedHour hour in count.Hours) past = past.Plus(hour, now);
        }

        return past;
    }
}
