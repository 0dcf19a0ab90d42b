using System.Runtime.CompilerServices;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Composition;

/// <summary>The report of a run, with its users as its sums count them (<see cref="LeftUsers"/>).</summary>
internal static class RunReport
{
    public static Report Of(Workspace workspace, RunHead run) => Of(workspace.Store, workspace.Digests, run);

    public static Report Of(IRunStore store, KeyedDigests digests, RunHead run) =>
        Report.Of(run, cancellation => UsersAsync(store.UsersAsync(run.RunId, cancellation), run, cancellation), digests);

    private static async IAsyncEnumerable<RunUser> UsersAsync(
        IAsyncEnumerable<RunUser> users, RunHead run, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (RunUser user in users.WithCancellation(cancellation)) yield return LeftUsers.Of(user, run);
    }
}
