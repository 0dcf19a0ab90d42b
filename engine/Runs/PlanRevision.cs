using System.Collections.Immutable;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Drift;
using ProvisioningConnector.Engine.Runs.Moves;

namespace ProvisioningConnector.Engine.Runs;

/// <summary>Plans users again once all have been read: what guardrails hold of everybody, and what numbers that move between users demand.</summary>
/// <param name="spool">Where the plans lie.</param>
/// <param name="counter">Counts the plans.</param>
/// <param name="finder">Knows who may be concerned by moves.</param>
/// <param name="plan">Plans a user again, with more held, from the state that was read.</param>
internal sealed class PlanRevision(
    IPlanSpool spool, PlanCounter counter, MoveFinder finder, Func<PlannedUser, Holds, SignInNeed, CancellationToken, ValueTask<PlannedUser>> plan)
{
    /// <summary>Orders users whose numbers move between them, and holds those who would lose SMS sign-in.</summary>
    public async Task OrderMovesAsync(CancellationToken cancellation)
    {
        ImmutableDictionary<string, MoveDecision> decisions = await finder.DecideAsync(spool, cancellation);
        if (decisions.IsEmpty) return;
        await foreach (PlannedUser user in spool.PlannedAsync(cancellation))
        {
            MoveDecision decision = user.User is { } account ? decisions.GetValueOrDefault(account.Uid) : default;
            if (user.Current is null || (decision == default && user.Plan.Move is null)) continue;
            Holds holds = decision.Hold is { } hold ? Holds.None.WithPart(Part.Phones, hold) : Holds.None;
            SignInNeed need = decision.Move?.SignIn ?? SignInNeed.None;
            bool isSame = decision.Hold is null && need == (user.Plan.Move?.SignIn ?? SignInNeed.None);
            PlannedUser again = isSame ? user : await plan(user, Held(user, holds), need, cancellation);
            await ReplaceAsync(user, again with { Plan = again.Plan with { Move = decision.Move } }, cancellation);
        }
    }

    /// <summary>Plans again everybody who has operations of a class that a guardrail holds.</summary>
    public async Task WithholdAsync(Holds withheld, CancellationToken cancellation)
    {
        if (withheld.Actions.IsEmpty && withheld.LastPhone is null) return;
        await foreach (PlannedUser user in spool.PlannedAsync(cancellation))
        {
            bool concerned = user.Plan.Operations.Any(o => withheld.Actions.ContainsKey(o.Action))
                || (user.Plan.LosesLastPhone && withheld.LastPhone is not null);
            if (!concerned || user.Current is null) continue;
            PlannedUser again = await plan(user, Held(user, withheld), user.Plan.Move?.SignIn ?? SignInNeed.None, cancellation);
            await ReplaceAsync(user, again with { Plan = again.Plan with { Move = user.Plan.Move } }, cancellation);
        }

        // A number that is not freed now is not there to be taken.
        await OrderMovesAsync(cancellation);
    }

    private static Holds Held(PlannedUser user, Holds more) =>
        user.Plan.Held.Aggregate(more, (holds, part) => holds.WithPart(part.Part, new HoldReason(part.Code, part.Standing, part.Message)));

    private async ValueTask ReplaceAsync(PlannedUser before, PlannedUser again, CancellationToken cancellation)
    {
        IEnumerable<Model.Diagnostic> corrected = before.Plan.Diagnostics.Where(d => d.Code == DriftMessages.Corrected && !again.Plan.Diagnostics.Contains(d));
        again = again with { Plan = again.Plan with { Diagnostics = [.. again.Plan.Diagnostics, .. corrected] } };
        counter.Remove(before);
        counter.Add(again);
        await spool.SaveAsync(again, cancellation);
    }
}
