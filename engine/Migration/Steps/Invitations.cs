using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Migration.Steps;

/// <summary>When people were invited, as the journal says: by runs of <c>migrate invite</c>, less what was undone since.</summary>
public static class Invitations
{
    /// <param name="store">Holds the runs.</param>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="group">Object id of the group.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>By object id, compared ignoring case. People whom someone else put into the group are not there.</returns>
    public static async Task<IReadOnlyDictionary<string, DateTimeOffset>> ReadAsync(
        IRunStore store, string tenantId, string group, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(store);
        List<RunHeader> runs = [];
        await foreach (RunHeader run in store.RunsAsync(cancellation))
        {
            bool changes = run.Plan.Origin is PlanOrigin.Migration { Step: PlanOrigin.Migration.Invite }
                or PlanOrigin.Undo { Step: PlanOrigin.Migration.Invite };
            if (changes && string.Equals(run.Plan.Tenant.Id, tenantId, StringComparison.OrdinalIgnoreCase)) runs.Add(run);
        }

        Dictionary<string, DateTimeOffset> invited = new(StringComparer.OrdinalIgnoreCase);
        foreach (RunHeader run in runs.OrderBy(static run => run.StartedAt))
        {
            await foreach (RunUser user in store.UsersAsync(run.RunId, cancellation)) Observe(invited, run, user, group);
        }

        return invited;
    }

    private static void Observe(Dictionary<string, DateTimeOffset> invited, RunHeader run, RunUser user, string group)
    {
        if (user.Planned.User?.Uid is not { } uid) return;
        foreach (OperationResult result in user.Result?.Operations ?? [.. user.Recorded.Values])
        {
            if (result.Outcome != OperationOutcome.Done) continue;
            if (result.Operation is Operation.AddMember add && Same(add.Group, group)) invited[uid] = result.SentAt ?? run.StartedAt;
            else if (result.Operation is Operation.RemoveMember remove && Same(remove.Group, group)) invited.Remove(uid);
        }
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
