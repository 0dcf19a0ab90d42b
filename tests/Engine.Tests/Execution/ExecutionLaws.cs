using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit.Tenant;

namespace ProvisioningConnector.Engine.Tests.Execution;

/// <summary>What must be true of every story, whatever went wrong (docs/safety.md#proofs). Each gives a complaint or null.</summary>
internal static class ExecutionLaws
{
    /// <summary>The first law that is broken, in words; null when all hold.</summary>
    /// <param name="story">The story.</param>
    /// <param name="alone">Whether no other client touched the user; otherwise what is done may be another client's doing.</param>
    public static string? Broken(Story story, bool alone = false) =>
        OnlyWhatWasApproved(story) ?? AtMostOnce(story) ?? NeverOverlapping(story) ?? NeverBlindlyAgain(story)
        ?? IntentFirst(story) ?? Ends(story) ?? Codes(story) ?? JournalExplains(story, alone);

    /// <summary>And, when no other client touched the user: the lock-out floor and the end state.</summary>
    public static string? BrokenAlone(Story story) => Broken(story, alone: true) ?? Services(story) ?? DoneIsThere(story) ?? VerifiedIsTrue(story);

    private static string? OnlyWhatWasApproved(Story story) =>
        story.Tenant.Writes.Find(w => !story.Approved.Contains(w.Operation)) is { } write ? $"sent an operation that was not approved: {write}" : null;

    private static string? AtMostOnce(Story story) =>
        story.Approved.Any(o => story.WritesOf(o).Count(w => w.AppliedAt is not null) > 1) ? "applied an operation twice" : null;

    private static string? NeverOverlapping(Story story) => story.Tenant.MostOverlapping > 1 ? "two writes of one user at once" : null;

    /// <summary>After a write whose end is not known, the same is not sent before it can no longer land.</summary>
    private static string? NeverBlindlyAgain(Story story)
    {
        foreach (Operation operation in story.Approved)
        {
            SentWrite[] writes = [.. story.WritesOf(operation)];
            for (int i = 1; i < writes.Length; i++)
            {
                if (!ChangedNothing(writes[i - 1])
                    && writes[i].SentAt - writes[i - 1].SentAt < TimeSpan.FromSeconds(70)) return "sent again before the first could no longer land";
            }
        }

        return story.Approved.Any(o => story.WritesOf(o).Count(w => !ChangedNothing(w)) > 1 + story.Heads.Length) ? "sent more than once more" : null;
    }

    /// <summary>Known not to have been applied, so that sending again needs no wait.</summary>
    private static bool ChangedNothing(SentWrite write) =>
        write.Fault is WriteFault.NotSent or WriteFault.Throttled || (write.Fault == WriteFault.NotReplicated && write.AppliedAt is null);

    private static string? IntentFirst(Story story) =>
        story.Tenant.Writes.Exists(w => !story.Store.Journal.Exists(e => e.Outcome is null && e.At <= w.SentAt && story.Approved[e.Index] == w.Operation))
        ? "sent without an intent" : null;

    private static string? Ends(Story story) => story.Result is null ? "has no end" : null;

    private static string? Codes(Story story) =>
        story.Final.Operations.Any(o => o.Outcome != OperationOutcome.Done && string.IsNullOrEmpty(o.Error?.Code)) ? "not done, and no code says why" : null;

    /// <summary>An operation that was applied is done or unknown, or was done and came back; one that is skipped was never applied.</summary>
    private static string? JournalExplains(Story story, bool alone)
    {
        foreach (OperationResult result in story.Final.Operations)
        {
            bool applied = story.WritesOf(result.Operation).Any(w => w.AppliedAt is not null);
            bool explained = result.Outcome switch
            {
                // The service itself switches SMS sign-in when it saves a mobile number.
                OperationOutcome.Done => applied || !alone
                    || (result.Operation is Operation.SwitchSmsSignIn && ApprovedOperations.IsInPlace(result.Operation, story.User.Now)),
                OperationOutcome.Unknown => story.WritesOf(result.Operation).Any() || story.Store.Journal.Exists(e => e.Outcome is null),
                OperationOutcome.Failed => !applied || result.Error?.Code == ExecutionCodes.MasteredOnPremises,
                OperationOutcome.Skipped => !applied,
            };
            if (!explained) return $"{result.Outcome} ({result.Error?.Code}), but applied is {applied}: {result.Operation}";
        }

        bool sent = story.Tenant.Writes.Count > 0;
        return story.Final.Outcome == UserOutcome.Stale && sent ? "stale, but something was sent" : null;
    }

    private static string? Services(Story story)
    {
        UserPlan plan = story.Scenario.Shape.Plan;
        int services = Math.Min(plan.MethodsBefore, plan.MethodsAfter);
        if (story.Scenario.Shape.Policy.SameNumberInTwoSlots == SameNumberPolicy.Avoid) services = Math.Min(services, 1);
        int least = story.User.History.Min(m => m.UsableCount);
        return least < services ? $"{least} usable methods at one moment, floor {services}" : null;
    }

    /// <summary>When every operation is done, the tenant is as the plan said, and the next plan is empty.</summary>
    private static string? DoneIsThere(Story story)
    {
        // A password and a pass are no states: asking again gives another one.
        if (story.Final.Outcome != UserOutcome.Done || story.Approved.Any(ApprovedOperations.IsOnce)) return null;
        Shape shape = story.Scenario.Shape;
        Situation next = new Shape(story.User.Now, shape.Desired, shape.Policy).Plan.Situation;
        return next == Situation.Changed ? "done, but the next plan is not empty" : null;
    }

    private static string? VerifiedIsTrue(Story story)
    {
        if (!story.Final.Verified) return story.Final.Outcome == UserOutcome.Done && story.Final.Diagnostics.IsEmpty ? "not verified, and no warning" : null;
        for (int i = 0; i < story.Final.Operations.Length; i++)
        {
            OperationResult result = story.Final.Operations[i];
            if (result.Outcome != OperationOutcome.Done || ApprovedOperations.IsOnce(result.Operation)) continue;
            bool overwritten = story.Final.Operations.Skip(i + 1)
                .Any(r => r.Outcome is OperationOutcome.Done or OperationOutcome.Unknown && Slot(r.Operation) is { } s && s == Slot(result.Operation));
            if (!overwritten && !ApprovedOperations.IsInPlace(result.Operation, story.User.Now)) return $"verified, but not there: {result.Operation}";
        }

        return null;
    }

    private static PhoneType? Slot(Operation operation) => operation switch
    {
        Operation.AddPhone add => add.Slot,
        Operation.UpdatePhone update => update.Slot,
        Operation.DeletePhone delete => delete.Slot,
        _ => null,
    };
}
