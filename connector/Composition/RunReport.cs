using System.Runtime.CompilerServices;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Composition;

/// <summary>The report of a run, with its users as its sums count them (<see cref="LeftUsers"/>).</summary>
internal static class RunReport
{
    public static Report From(Workspace workspace, RunHeader run) => From(workspace.Store, workspace.Digests, run);

    public static Report From(IRunStore store, KeyedDigests digests, RunHeader run) =>
        Report.From(run, cancellation => UsersAsync(store.UsersAsync(run.RunId, cancellation), run, cancellation), digests);

    private static async IAsyncEnumerable<RunUser> UsersAsync(
        IAsyncEnumerable<RunUser> users, RunHeader run, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (RunUser user in users.WithCancellation(cancellation)) yield return LeftUsers.Settle(user, run);
    }
}
