using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Retry;

namespace ProvisioningConnector.Engine.Tests.Runs.Retry;

/// <summary>When users who failed are tried again (docs/safety.md#retries-across-runs).</summary>
public sealed class RetryLadderTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 2, 0, 0, TimeSpan.Zero);

    [TestCase(RetryClass.Transient, new[] { 1, 6, 12, 24, 48, 72, 96, 120, 144, 168 })]
    [TestCase(RetryClass.NotFound, new[] { 1, 6, 12, 24 })]
    [TestCase(RetryClass.Permanent, new int[0])]
    public void A_user_who_always_fails_climbs_the_ladder_and_then_waits_for_a_change(RetryClass kind, int[] hours)
    {
        RetryEntry entry = RetryLadder.After(null, "u", kind, "c", Start);
        List<int> due = [];
        while (entry.NextDue is { } next)
        {
            Assert.That(RetryLadder.IsDue(entry, false, next - TimeSpan.FromTicks(1)), Is.False);
            Assert.That(RetryLadder.IsDue(entry, false, next), Is.True);
            due.Add((int)(next - Start).TotalHours);
            entry = RetryLadder.After(entry, "u", kind, "c", next);
        }

        Assert.That(due, Is.EqualTo(hours));
        Assert.That(entry.Attempts, Is.EqualTo(hours.Length + 1));
        Assert.That(RetryLadder.IsDue(entry, false, Start.AddYears(10)), Is.False);
        Assert.That(RetryLadder.IsDue(entry, true, Start), Is.True);
    }

    [Test]
    public void Runs_that_come_late_skip_rungs_and_another_kind_of_failure_begins_anew()
    {
        RetryEntry first = RetryLadder.After(null, "u", RetryClass.Transient, "c", Start);
        Assert.That(RetryLadder.After(first, "u", RetryClass.Transient, "c", Start.AddHours(13)).NextDue, Is.EqualTo(Start.AddHours(24)));
        RetryEntry other = RetryLadder.After(first, "u", RetryClass.NotFound, "d", Start.AddHours(13));
        Assert.That((other.Attempts, other.FirstAt, other.NextDue), Is.EqualTo((1, Start.AddHours(13), (DateTimeOffset?)Start.AddHours(14))));
    }

    [TestCase(OperationOutcome.Unknown, 400, "x", RetryClass.Transient)]
    [TestCase(OperationOutcome.Failed, null, "x", RetryClass.Transient)]
    [TestCase(OperationOutcome.Failed, 429, "x", RetryClass.Transient)]
    [TestCase(OperationOutcome.Failed, 503, "x", RetryClass.Transient)]
    [TestCase(OperationOutcome.Failed, 401, "x", RetryClass.Transient)]
    [TestCase(OperationOutcome.Failed, 404, "x", RetryClass.NotFound)]
    [TestCase(OperationOutcome.Failed, 400, "x", RetryClass.Permanent)]
    [TestCase(OperationOutcome.Failed, 403, "x", RetryClass.Permanent)]
    [TestCase(OperationOutcome.Skipped, null, ExecutionCodes.Stale, RetryClass.Transient)]
    [TestCase(OperationOutcome.Failed, null, ExecutionCodes.MasteredOnPremises, RetryClass.Permanent)]
    [TestCase(OperationOutcome.Skipped, null, ExecutionCodes.AlreadySo, null)]
    [TestCase(OperationOutcome.Done, null, null, null)]
    public void The_kind_of_failure_comes_from_outcome_and_answer(OperationOutcome outcome, int? status, string? code, RetryClass? expected) =>
        Assert.That(RetryVerdict.From(Runs.Undo.Undone.User(outcome, code is null ? null : new OperationError(code, "m", status)))?.Class,
            Is.EqualTo(expected));
}
