using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Reconciliation;

/// <summary>What earlier runs of a tenant applied within the windows of <c>PerDay</c> and <c>PerWeek</c>.</summary>
/// <param name="Day">Within the last 24 hours.</param>
/// <param name="Week">Within the last 7 days.</param>
public sealed record PastWrites(AppliedWrites Day, AppliedWrites Week)
{
    private static readonly TimeSpan OneDay = TimeSpan.FromDays(1);
    private static readonly TimeSpan OneWeek = TimeSpan.FromDays(7);

    // How long a run that never came to its end may have gone on; its users are looked at one by one.
    private static readonly TimeSpan LongestRun = TimeSpan.FromDays(2);

    public static PastWrites None { get; } = new(AppliedWrites.None, AppliedWrites.None);

    /// <param name="store">All runs.</param>
    /// <param name="tenantId">Runs of this tenant count.</param>
    /// <param name="now">The windows end here.</param>
    /// <param name="cancellation">Stops.</param>
    public static async Task<PastWrites> ReadAsync(IRunStore store, string tenantId, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(store);
        PastWrites past = None;
        await foreach (RunHead run in store.RunsAsync(cancellation))
        {
            if (!string.Equals(run.Plan.Tenant.Id, tenantId, StringComparison.OrdinalIgnoreCase) || run.Outcome == RunOutcome.Blocked) continue;
            if (run.EndedAt is not null)
            {
                foreach (AppliedHour hour in run.Applied) past = past.Plus(hour, now);
                continue;
            }

            DateTimeOffset begun = run.ResumedAt.IsDefaultOrEmpty ? run.StartedAt : run.ResumedAt[^1];
            if (begun < now - OneWeek - LongestRun) continue;
            AppliedCount count = new(begun);
            await foreach (RunUser user in store.UsersAsync(run.RunId, cancellation)) count.See(user);
            foreach (AppliedHour hour in count.Hours) past = past.Plus(hour, now);
        }

        return past;
    }

    /// <summary>With what was applied in one more hour, as far as it lies within the windows.</summary>
    public PastWrites Plus(AppliedHour hour, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(hour);
        return new(
            hour.Latest > now - OneDay ? Day.Plus(hour.Writes) : Day,
            hour.Latest > now - OneWeek ? Week.Plus(hour.Writes) : Week);
    }
}
