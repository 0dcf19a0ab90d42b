using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs.Standing;

/// <summary>What is left to do of a run: what <c>resume</c> may send.</summary>
/// <param name="Users">Users without a result.</param>
/// <param name="Operations">Their operations that are not known to be settled; of those that may have been applied resume finds out first.</param>
public sealed record LeftOver(long Users, OperationCounts Operations)
{
    /// <summary>Counts the users of a run.</summary>
    public static async ValueTask<LeftOver> OfAsync(IAsyncEnumerable<RunUser> users, CancellationToken cancellation)
    {
        LeftOver left = new(0, new OperationCounts());
        await foreach (RunUser user in users.WithCancellation(cancellation))
        {
            if (user.Result is null && !user.Planned.Plan.Operations.IsEmpty) left = left.Plus(user);
        }

        return left;
    }

    private LeftOver Plus(RunUser user)
    {
        OperationCounts counts = Operations;
        foreach ((int index, Operation operation) in user.Planned.Plan.Operations.Index())
        {
            if (LeftUsers.Find(user, index, operation) is null or { Outcome: OperationOutcome.Unknown }) counts = counts.Plus(operation.Action);
        }

        return new LeftOver(Users + 1, counts);
    }
}
