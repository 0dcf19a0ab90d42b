using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Facade.Telemetry;

namespace ProvisioningConnector.Facade.Recon;

/// <summary>What is measured of a run when it has ended: users by situation, operations by outcome, and that it was complete.</summary>
internal static class ReconFigures
{
    public static async Task RecordAsync(Figures figures, IRunStore store, string tenant, RunHeader run, CancellationToken cancellation)
    {
        Summary summary = run.Plan.Summary;
        foreach ((Situation situation, long users) in new[]
        {
            (Situation.Equal, summary.Equal), (Situation.Changed, summary.Changed), (Situation.Held, summary.Held),
            (Situation.Invalid, summary.Invalid), (Situation.NotFound, summary.NotFound), (Situation.NotRead, summary.NotRead),
        })
        {
            if (users > 0) figures.Users(tenant, situation.Name(), users);
        }

        Dictionary<OperationOutcome, long> outcomes = [];
        await foreach (RunUser user in store.UsersAsync(run.RunId, cancellation))
        {
            foreach (OperationResult operation in user.Result?.Operations
                ?? [.. user.Recorded.Values]) outcomes[operation.Outcome] = outcomes.GetValueOrDefault(operation.Outcome) + 1;
        }

        foreach ((OperationOutcome outcome, long operations) in outcomes) figures.Operations(tenant, outcome.Name(), operations);
        if (run is { Outcome: RunOutcome.Succeeded, EndedAt: { } ended }) figures.RunComplete(tenant, ended);
    }
}
