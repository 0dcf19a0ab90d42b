using System.Runtime.CompilerServices;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Facade.Recon;

/// <summary>The plan of an analysis with everybody in it, for as long as someone reads it or it is not yet let go.</summary>
internal sealed class KeptPlan(PreparedRun plan, KeyedDigests digests)
{
    private readonly Lock _gate = new();
    private int _holders = 1;

    /// <summary>Its users; none when it was let go.</summary>
    public async IAsyncEnumerable<UserEntry> UsersAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        if (!TryHold()) yield break;
        try
        {
            await foreach (UserEntry user in Report.From(plan.Head, plan.UsersAsync, digests).Users(cancellation)) yield return user;
        }
        finally
        {
            await ReleaseAsync();
        }
    }

    /// <summary>Called once by anyone who kept it.</summary>
    public async ValueTask ReleaseAsync()
    {
        lock (_gate)
        {
            if (--_holders > 0) return;
        }

        await plan.DisposeAsync();
    }

    private bool TryHold()
    {
        lock (_gate)
        {
            if (_holders == 0) return false;
            _holders++;
            return true;
        }
    }
}
