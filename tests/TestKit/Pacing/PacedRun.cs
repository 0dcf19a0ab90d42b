using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.TestKit.Pacing;

/// <summary>A full run against the model: every user is read (batches of at most 20), then every user is written once.</summary>
public sealed record PacedRun(int Users, QuotaSettings Settings, Func<IModelQuota> Reads, Func<IModelQuota> Writes, ServiceManner Manner)
{
    /// <summary>What an earlier run learned.</summary>
    public LearnedRates? Learned { get; init; }

    /// <summary>Whether reads happen at all.</summary>
    public bool WithReads { get; init; } = true;

    /// <summary>Writes in one call: 1, or up to 20 different users' writes in a batch.</summary>
    public int WriteBatch { get; init; } = 1;

    /// <summary>Sees the account every ten seconds; for looking at a run.</summary>
    public Action<double, PacingAccount>? Watch { get; init; }

    /// <summary>Runs it in a world with this seed.</summary>
    public PacedRunResult Run(int seed) => VirtualWorld.Run(seed, async world =>
    {
        Pacer pacer = new Pacer(Settings, world.Time, Learned);
        ModelService service = new ModelService(world, Reads(), Writes(), Manner);
        using ITimer? watch = Watch is null
            ? null : world.Time.CreateTimer(_ => Watch(world.Elapsed.TotalSeconds, pacer.Snapshot()), null, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));
        double readLowerBound = 0.0;
        if (WithReads)
        {
            await PhaseAsync(pacer, service, CallKind.Read, 20);
            readLowerBound = RunLowerBound.Compute(Reads(), 0, Users, Settings.ReadsPerSecond, Settings.ReadBurst);
        }

        double readEnd = world.Elapsed.TotalSeconds;
        await PhaseAsync(pacer, service, CallKind.Write, WriteBatch);
        double writes = Settings.WritesPerSecond * Settings.WriteBudget;
        // The write quota may change with time: its floor begins where the best read phase would have ended.
        double services = readLowerBound + RunLowerBound.Compute(Writes(), readLowerBound, Users, writes, Settings.WriteBurst * Settings.WriteBudget);
        return new PacedRunResult(seed, world.Elapsed.TotalSeconds, services, readEnd, readLowerBound, service.Calls, service.Refused, pacer.Snapshot(),
            pacer.Learned);
    });

    private async Task PhaseAsync(Pacer pacer, ModelService service, CallKind kind, int batch)
    {
        int left = Users;
        await Task.WhenAll(Enumerable.Range(0, Settings.MaxInFlight + 4).Select(async _ =>
        {
            while (left > 0)
            {
                int most = Math.Min(left, batch);
                left -= most;
                using PaceLease lease = await pacer.AcquireUpToAsync(kind, most, CancellationToken.None);
                left += most - lease.Cost;
                ModelAnswer answer = await service.SendAsync(kind == CallKind.Write, lease.Cost);
                left += lease.Cost - answer.Accepted;
                ThrottleSignal signal = new ThrottleSignal(answer.LimitPercentage, answer.RetryAfter);
                if (answer.Accepted == lease.Cost) lease.Succeeded(signal);
                else lease.Throttled(signal, lease.Cost - answer.Accepted);
            }
        }));
        if (left > 0) await PhaseRestAsync(pacer, service, kind, left);
    }

    /// <summary>What the last refusals left over when every other worker had gone home.</summary>
    private static async Task PhaseRestAsync(Pacer pacer, ModelService service, CallKind kind, int left)
    {
        while (left > 0)
        {
            using PaceLease lease = await pacer.AcquireUpToAsync(kind, Math.Min(left, 20), CancellationToken.None);
            ModelAnswer answer = await service.SendAsync(kind == CallKind.Write, lease.Cost);
            left -= answer.Accepted;
            ThrottleSignal signal = new ThrottleSignal(answer.LimitPercentage, answer.RetryAfter);
            if (answer.Accepted == lease.Cost) lease.Succeeded(signal);
            else lease.Throttled(signal, lease.Cost - answer.Accepted);
        }
    }
}
