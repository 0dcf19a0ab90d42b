using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Reports.Findings;

/// <summary>The verdict on a change of one user.</summary>
internal static class OneUserDecision
{
    public static Decision Of(PlanDocument plan, FindingCounter tally)
    {
        SummaryEntry summary = plan.Summary;
        if (!plan.Applyable) return new(Mood.Bad, "Refused: nothing was written.");
        if (summary.Changed > 0)
        {
            return tally.LeftWithNone > 0
                ? new(Mood.Bad, "Dry run, nothing was written. The user would have no usable method left, of what can be read.")
                : new(Mood.Good, "Dry run, nothing was written.");
        }

        if (summary.Held == 0) return summary.Equal > 0 ? new(Mood.Good, "No change needed: already set.") : new(Mood.Bad, "Nothing was written.");
        bool isUnread = User(tally) is { } user && user.Held.All(static held => held.Code == HoldCodes.NotOffered);
        return new(Mood.Careful, isUnread ? "Not done: what was asked for cannot be read here. Nothing was written." : "Refused: nothing was written.");
    }

    public static Decision Of(RunDocument run, FindingCounter tally)
    {
        string left = tally.LeftWithNone > 0 ? " The user is left without any usable method, of what can be read." : "";
        (Mood mood, string headline) = (run.Outcome, User(tally)) switch
        {
            (RunOutcome.Running, _) => (Mood.Careful, "Under way."),
            (RunOutcome.Succeeded, { Verified: false }) => (Mood.Careful, "Done, not yet confirmed by a read."),
            (RunOutcome.Succeeded, _) => (Mood.Good, "Done, verified."),
            (RunOutcome.Blocked, _) => (Mood.Bad, "Refused: nothing was written."),
            (RunOutcome.Interrupted, _) => (Mood.Careful, "Interrupted."),
            (_, { Outcome: UserOutcome.Unknown }) => (Mood.Bad, "Unknown: a write was sent and no trustworthy answer arrived."),
            (_, { Outcome: UserOutcome.Stale }) => (Mood.Bad, "Not done: the user was changed since the plan. Nothing was written."),
            (_, { Outcome: UserOutcome.Done, Verified: false }) => (Mood.Careful, "Done, not yet confirmed by a read."),
            (RunOutcome.Partial, { Outcome: UserOutcome.Done, Held.IsEmpty: false }) => (Mood.Careful, "Done, verified. What is held was not changed."),
            (RunOutcome.Partial or RunOutcome.Failed, var user) => (Mood.Bad, user is { } one ? $"Failed: {Done(one)}" : "Failed."),
        };
        return new(left.Length > 0 && mood == Mood.Good ? Mood.Careful : mood, headline + left);
    }

    private static string Done(UserEntry user)
    {
        int done = user.Operations.Count(static operation => operation.Outcome == OperationOutcome.Done);
        return $"{Quantity.Of(done)} of {Quantity.Of(user.Operations.Length, "write")} done.";
    }

    private static UserEntry? User(FindingCounter tally) => tally.Groups is [{ First: [var one, ..] }, ..] ? one : null;
}
