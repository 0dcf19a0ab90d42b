using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>doctor --release-quarantine</c>: ends the quarantine of a tenant where no run will come to probe it.
/// Recorded in the chain of evidence.</summary>
internal sealed class ReleaseQuarantineVerb(CommonOptions options, Messages messages, WorkspaceOpening workspaces, ResultLines results)
{
    public async Task<int> RunAsync(CancellationToken stop)
    {
        if (string.IsNullOrWhiteSpace(options.Reason))
        {
            throw new ProvisioningException("reasonNeeded", "Releasing a quarantine needs a reason.", "Give one with --reason TEXT; it is recorded.");
        }

        await using Workspace workspace = await workspaces.OpenAsync(stop);
        workspace.Audit.CheckSecondSink();
        await using ReadingTenant tenant = await workspace.Opening().OpenAsync(await workspace.LearnedAsync(stop), stop);
        TenantQuarantine quarantine = await workspace.Quarantines.FindAsync(tenant.Identity.Id, stop)
            ?? throw new ProvisioningException("notQuarantined", $"The tenant '{tenant.Identity.Name}' is not quarantined.", "", FailureKind.NothingToDo);
        await workspace.Audit.ReleasedAsync(quarantine, options.Reason, stop);
        await workspace.Quarantines.EndAsync(tenant.Identity.Id, stop);
        if (await workspace.Audit.ConcludeAsync(stop) is { } problem) await messages.ReportErrorAsync(problem);
        await results.WriteAsync(
            new
            {
                kind = "quarantineReleased", formatVersion = "1.0", tenant = tenant.Identity.Name, since = quarantine.Since, runId = quarantine.RunId,
                code = quarantine.Code
            },
            [$"quarantine of tenant {tenant.Identity.Name} released; it began at {quarantine.Since:u} with run {quarantine.RunId}: {quarantine.Reason}"]);
        return ExitCodes.Done;
    }
}
