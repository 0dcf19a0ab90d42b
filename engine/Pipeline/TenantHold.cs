using ProvisioningConnector.Engine.Locking;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>Holds the tenant's lease for the length of a run: one run per tenant id.</summary>
internal sealed class TenantHold(PipelinePorts ports, PipelineSettings settings, RunRequest request, string runId) : IAsyncDisposable
{
    private static readonly TimeSpan SlowestLook = TimeSpan.FromSeconds(5);
    private TenantLease? _lease;

    /// <summary>The lease; there once <see cref="TakeAsync"/> has returned null.</summary>
    public TenantLease Lease => _lease ?? throw new InvalidOperationException("The tenant is locked first.");

    /// <summary>Takes the tenant; waits for its holder where the request says so.</summary>
    /// <returns>Null when it is ours; otherwise who holds it.</returns>
    public async Task<RunResult.Busy?> TakeAsync(CancellationToken stop)
    {
        LeaseAcquirer taking = new(ports.Leases, ports.Tenant.Identity.Id, settings.Terms, settings.StateOf, ports.Time);
        LeaseHolder me = settings.LeaseHolder(runId);
        TimeSpan look = TimeSpan.FromSeconds(1);
        long? reported = null;
        while (true)
        {
            LeaseAnswer answer = await taking.TryAsync(me, stop);
            if (answer is LeaseAnswer.Taken taken)
            {
                _lease = taken.Lease;
                if (_lease.QuietLeft > TimeSpan.Zero) request.Notify("note: an earlier run of this tenant was not ended properly; nothing is written for "
                    + $"{_lease.QuietLeft.TotalSeconds:0} s, until none of its requests can arrive any more.");
                return null;
            }

            if (answer is not LeaseAnswer.HeldBy held) throw new InvalidOperationException($"An answer of an unknown kind: {answer.GetType().Name}.");
            if (!request.Wait) return Held(held.Other, "Nothing was written.");
            if (reported != held.Other.Epoch) request.Notify($"waiting: {Describe(held.Other)}");
            reported = held.Other.Epoch;
            await Task.Delay(look, ports.Time, stop);
            look = look * 2 < SlowestLook ? look * 2 : SlowestLook;
        }
    }

    /// <summary>Makes sure that the tenant is still ours before a run begins.</summary>
    /// <returns>Null when it is; otherwise who took it meanwhile.</returns>
    public async Task<RunResult.Busy?> CheckAsync(CancellationToken stop)
    {
        try
        {
            await Lease.EnsureAsync(stop);
            return null;
        }
        catch (LeaseLostException)
        {
            return Held(Lease.LostTo ?? Lease.Record,
                "This process was paused longer than its lease, and another run has taken the tenant. Nothing was written.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_lease is null) return;
        await _lease.DisposeAsync();
        if (_lease is { IsLost: false, Problem: { } problem })
        {
            request.Notify($"note: the lease of the tenant could not be given back ({problem.Message}); it ends by itself.");
        }
    }

    private RunResult.Busy Held(LeaseRecord other, string what) => new(other.Holder.RunId, Left(other))
    {
        Message = $"{what} {Describe(other)}",
        Advice = "Wait until that run has ended, or let this command wait with --wait. If that process is gone for good, the tenant can be taken when "
            + "its lease has ended.",
    };

    private TimeSpan Left(LeaseRecord other)
    {
        TimeSpan left = other.Until - ports.Time.GetUtcNow();
        return left > TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1);
    }

    private string Describe(LeaseRecord other) =>
        $"Tenant '{ports.Tenant.Identity.Name}' is held by run {other.Holder.RunId} of {other.Holder.Who}@{other.Holder.Host} "
        + $"(process {other.Holder.ProcessId}, version {other.Holder.ToolVersion}) since {other.Since:u}; "
        + $"its lease was renewed at {other.HeartbeatAt:u} and may be taken at {other.Until:u} unless it is renewed again.";
}
