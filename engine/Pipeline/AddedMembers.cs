using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Memory;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>The undo of <c>migrate invite</c> takes away what the journal says that the run added, whatever the plan says.</summary>
internal sealed class AddedMembers : IWriteCheck
{
    private readonly Remembered<HashSet<(string Uid, string Group)>> _added;

    /// <param name="store">Holds the run.</param>
    /// <param name="runId">The run that is undone.</param>
    /// <param name="time">The clock.</param>
    public AddedMembers(IRunStore store, string runId, TimeProvider time) =>
        // What an ended run added does not change any more.
        _added = new Remembered<HashSet<(string, string)>>(() => ReadAsync(store, runId), static _ => true, TimeSpan.MaxValue, time);

    private static HoldReason NotAdded { get; } = new(HoldCodes.NewerChange, Standing: false,
        "The journal does not say that the run put the person into this group, so the membership stays. Plan the undo again.");

    /// <inheritdoc/>
    public async ValueTask<HoldReason?> HoldAsync(string uid, Operation operation, CancellationToken cancellation)
    {
        if (operation.Part != Part.Membership) return null;
        HashSet<(string, string)> added = await _added.GetAsync(cancellation);
        return operation is Operation.RemoveMember remove && added.Contains(Key(uid, remove.Group)) ? null : NotAdded;
    }

    private static async Task<HashSet<(string Uid, string Group)>> ReadAsync(IRunStore store, string runId)
    {
        HashSet<(string, string)> added = [];
        await foreach (RunUser user in store.UsersAsync(runId, CancellationToken.None))
        {
            if (user.Planned.User?.Uid is not { } uid) continue;
            for (int i = 0; i < user.Planned.Plan.Operations.Length; i++)
            {
                if (user.Planned.Plan.Operations[i] is Operation.AddMember add && AppliedCount.IsApplied(user, i, out _)) added.Add(Key(uid, add.Group));
            }
        }

        return added;
    }

    private static (string Uid, string Group) Key(string uid, string group) => (uid.ToUpperInvariant(), group.ToUpperInvariant());
}
