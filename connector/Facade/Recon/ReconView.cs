using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Facade.Recon;

/// <summary>A reconciliation as its caller may see it.</summary>
/// <param name="Status">How it stands.</param>
/// <param name="Live">Itself, when it is of this process.</param>
/// <param name="Run">Its run, when the store was asked and it is one.</param>
internal sealed record ReconView(ReconStatus Status, ReconJob? Live, RunHeader? Run)
{
    /// <summary>Everybody in it who is not equal, full values; no one while it is not planned yet.</summary>
    public async ValueTask<IAsyncEnumerable<UserEntry>> UsersAsync(SharedStore shared, CancellationToken cancellation)
    {
        if (Status.IsAnalysis) return await StoredAnalyses.UsersAsync(shared, Status.Id, cancellation);
        RunHeader? run = Run ?? await shared.Store.FindRunAsync(Status.Id, cancellation);
        return run is null ? AsyncEnumerable.Empty<UserEntry>() : RunReport.From(shared.Store, shared.Digests, run).Users(cancellation);
    }
}
