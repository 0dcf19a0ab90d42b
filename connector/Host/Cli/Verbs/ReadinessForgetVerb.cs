using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Migration;
using ProvisioningConnector.Composition.Readiness;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>readiness forget USER</c>: deletes what the store keeps of a person for readiness. The tenant is not asked, and nothing in it changes.</summary>
internal sealed class ReadinessForgetVerb(WorkspaceOpening workspaces, ResultLines results)
{
    public async Task<int> RunAsync(string userText, CancellationToken stop)
    {
        string user = UserArgument.Text(userText);
        await using Workspace workspace = await workspaces.OpenAsync(stop);
        await using ReadingTenant tenant = await workspace.Opening().OpenAsync(null, stop);
        PeopleHistory history = new(workspace, tenant.Identity.Id);
        string? uid = await history.Pages.ForgetAsync(user, stop);
        bool hadBands = await history.ForgetBandsAsync(user, stop);
        bool wasProved = await new ProofMemory(workspace.Store, workspace.Digests, tenant.Identity.Id).ForgetAsync(uid ?? user, stop);
        bool found = uid is not null || hadBands || wasProved;
        await results.WriteAsync(
            new { kind = "readinessForgotten", formatVersion = "1.0", tenant = workspace.Tenant.Name, user, found },
            [found ? $"What readiness kept of '{user}' is deleted. The next run keeps them again, unless Readiness:Exclude names them."
                : $"Readiness keeps nothing of '{user}'."]);
        return ExitCodes.Done;
    }
}
