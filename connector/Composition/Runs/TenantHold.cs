using ProvisioningConnector.Engine.Locking;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Composition.Runs;

/// <summary>Holds a tenant for the length of a run: one run per tenant id.</summary>
internal sealed class TenantHold(RunOrder order, Workspace workspace, TenantIdentity tenant, string runId) : IAsyncDisposable
{
    private static readonly TimeSpan SlowestLook = TimeSpan.FromSeconds(5);
    private HeldLease? _lease;

    public string RunId => runId;

    /// <summary>The lease; there once <see cref="TakeAsync"/> has returned.</summary>
    public HeldLease Lease => _lease ?? throw new InvalidOperationException("The tenant is taken first.");

    /// <summary>Takes the tenant; with <c>--wait</c> waits for whoever holds it.</summary>
    /// <exception cref="ProvisioningException">Another run holds it.</exception>
    public async Task TakeAsync(CancellationToken stop)
    {
        LeaseTerms terms = new(workspace.Tenant.LeaseDuration, workspace.Tenant.Graph.RequestTimeout);
        LeaseTaking taking = new(workspace.Leases, tenant.Id, terms, HostProcess.IsGone, order.Time);
        LeaseHolder me = HostProcess.Holder(runId);
        TimeSpan look = TimeSpan.FromSeconds(1);
        long? told = null;
        while (await taking.TryAsync(me, stop) is var answer)
        {
            if (answer is LeaseAnswer.Taken taken)
            {
                _lease = taken.Lease;
                if (_lease.QuietLeft > TimeSpan.Zero) order.Tell($"note: an earlier run of this tenant was not ended properly; nothing is written for "
                    + $"{_lease.QuietLeft.TotalSeconds:0} s, until none of its requests can arrive any more.");
                return;
            }

            if (answer is not LeaseAnswer.HeldBy held) throw new InvalidOperationException("An answer of a kind that nobody knows.");
            if (!order.Wait) throw Held(held.Other, "Nothing was written.");
            if (told != held.Other.Epoch) order.Tell($"waiting: {Describe(held.Other)}");
            told = held.Other.Epoch;
            await Task.Delay(look, order.Time, stop);
            look = look * 2 < SlowestLook ? look * 2 : SlowestLook;
        }
    }

    /// <summary>Makes sure that the tenant is still ours before a run begins.</summary>
    /// <exception cref="ProvisioningException">Another run has taken it meanwhile.</exception>
    public async Task CheckAsync(CancellationToken stop)
    {
        try
        {
            await Lease.EnsureAsync(stop);
        }
        catch (LeaseLostException)
        {
            throw Held(Lease.LostTo ?? Lease.Record,
                "This process was paused longer than its lease, and another run has taken the tenant. Nothing was written.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_lease is null) return;
        await _lease.DisposeAsync();
        if (_lease is { IsLost: false,
            Trouble: { } trouble }) order.Tell($"note: the lease of the tenant could not be given back ({trouble.Message}); it ends by itself.");
    }

    private ProvisioningException Held(LeaseRecord other, string what) => new("tenantHeld", $"{what} {Describe(other)}",
        "Wait until that run has ended, or let this command wait with --wait. If that process is gone for good, the tenant can be taken when its lease has ended.", FailureKind.Busy);

    private string Describe(LeaseRecord other) =>
        $"Tenant '{tenant.Name}' is held by run {other.Holder.RunId} of {other.Holder.Who}@{other.Holder.Host} (process {other.Holder.ProcessId}, version {other.Holder.ToolVersion}) since {other.Since:u}; "
        + $"its lease was renewed at {other.HeartbeatAt:u} and may be taken at {other.Until:u} unless it is renewed again.";
}
