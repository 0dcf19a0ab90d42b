using System.Collections.Immutable;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Standing;
using ProvisioningConnector.Engine.Runs.Undo;
using ProvisioningConnector.Engine.Tests.Execution;
using ProvisioningConnector.Engine.Tests.Runs.Undo;

namespace ProvisioningConnector.Engine.Tests.Runs.Standing;

/// <summary>How many methods a run left a user: by what was done and what may have been, not by the plan.</summary>
public sealed class MethodsLeftTests
{
    private static readonly DateTimeOffset SentAt = Undone.SentAt;

    // A user with a mobile and an office phone, who loses both.
    private static readonly RunUser Loses = Undone.User(
        CurrentMethods.Nothing with { Mobile = CurrentSlot.From(Numbered.Phone(1)), Office = CurrentSlot.From(Numbered.Phone(2)) },
        new() { Mobile = Managed.None<PhoneNumber>(), Office = Managed.None<PhoneNumber>() });

    [Test]
    public void A_user_whom_the_run_did_not_come_to_has_what_he_had() =>
        Assert.That(MethodsLeft.From(Loses with { Result = null }), Has.Property("Now").EqualTo(2).And.Property("Taken").Empty);

    [TestCase(0, 1)]
    [TestCase(1, 1)]
    [TestCase(2, 0)]
    public void What_may_have_been_applied_counts_as_taken(int open, int now)
    {
        RunUser user = Loses with { Result = null, Recorded = Recorded(open == 2 ? 0 : 1 - open), OpenIntents = [.. Enumerable.Range(0, open)] };
        Assert.That(MethodsLeft.From(user).Now, Is.EqualTo(now));
        Assert.That(MethodsLeft.From(LeftUsers.Settle(user,
            RunSamples.Head(PlanningPolicy.Default, new Summary(), SentAt) with { Outcome = RunOutcome.Interrupted })).Now,
            Is.EqualTo(now), "the same when the run is called left");
    }

    [TestCase(true, 2, 2, true)]
    [TestCase(false, 2, 0, false)]
    [TestCase(false, 0, 0, false)]
    public void A_read_that_does_not_show_the_deletes_yet_is_not_believed(bool verified, int read, int now, bool seen)
    {
        UserResult result = Loses.Result ?? throw new InvalidOperationException();
        MethodsLeft left = MethodsLeft.From(Loses with { Result = result with { MethodsNow = read, Verified = verified } });
        Assert.That((left.Now, left.IsSeen), Is.EqualTo((now, seen)));
    }

    [TestCase(OperationOutcome.Failed, 2)]
    [TestCase(OperationOutcome.Skipped, 2)]
    [TestCase(OperationOutcome.Unknown, 0)]
    public void Only_what_was_or_may_have_been_applied_counts(OperationOutcome outcome, int now)
    {
        UserResult result = new() { Operations = [.. Loses.Planned.Plan.Operations.Select(o => new OperationResult(o, outcome, SentAt))] };
        Assert.That(MethodsLeft.From(Loses with { Result = result }).Now, Is.EqualTo(now));
    }

    [Test]
    public void Who_lost_a_method_by_other_hands_is_listed_too()
    {
        UserResult result = new()
        {
            Operations = [.. Loses.Planned.Plan.Operations.Select(o => new OperationResult(o,
            OperationOutcome.Skipped, Error: new(ExecutionCodes.AlreadySo, "so")))], Verified = true, MethodsNow = 0
        };
        Assert.That(FewerMethods.From(Loses with { Result = result })?.Left, Has.Property("IsNone").True.And.Property("Taken").Empty);
    }

    private static ImmutableDictionary<int, OperationResult> Recorded(int index) =>
        ImmutableDictionary<int, OperationResult>.Empty.SetItem(index,
            new OperationResult(Loses.Planned.Plan.Operations[index], OperationOutcome.Done, SentAt));
}
