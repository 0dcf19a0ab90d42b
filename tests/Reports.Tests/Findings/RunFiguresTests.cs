using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Findings;
using ProvisioningConnector.Reports.Recovery;
using ProvisioningConnector.Reports.Tests.Samples;

namespace ProvisioningConnector.Reports.Tests.Findings;

/// <summary>Figures of a run that goes on, or that its process left: of what was done, never of what was planned.</summary>
public sealed class RunFiguresTests
{
    private static readonly RunUser NotBegun = new(People.LosesAll, null);
    private static readonly RunUser OnItsWay = NotBegun with { OpenIntents = [0] };
    private static readonly RunUser Done = Runs.Users.Single(u => u.Planned == People.LosesAll);

    [Test]
    public void A_user_whom_a_run_did_not_come_to_has_lost_nothing([Values(RunOutcome.Running, RunOutcome.Interrupted, RunOutcome.Failed)] RunOutcome outcome)
    {
        UserEntry user = UserEntries.From(LeftUsers.Settle(NotBegun, Runs.Head(outcome)), Sample.Digests);
        Assert.That(Judgement.From(user), Is.EqualTo(outcome == RunOutcome.Running ? Finding.Waiting : Finding.Skipped));
        Assert.That(Judgement.LosesLastPhone(user) || Judgement.EndsWithFewer(user) || Judgement.OnlyPhone(user), Is.False);
        Assert.That((user.MethodsLeft, Judgement.Final(user)), Is.EqualTo((1, 1)));
    }

    [Test]
    public void What_may_have_been_applied_counts_as_applied([Values(RunOutcome.Running, RunOutcome.Interrupted)] RunOutcome outcome)
    {
        UserEntry user = UserEntries.From(LeftUsers.Settle(OnItsWay, Runs.Head(outcome)), Sample.Digests);
        Assert.That(Judgement.From(user), Is.EqualTo(Finding.LeftWithNone));
        Assert.That(Judgement.LosesLastPhone(user), Is.True);
        Assert.That(user.Operations.Single().Outcome, Is.EqualTo(OperationOutcome.Unknown));
        Assert.That(user.Outcome, Is.EqualTo(outcome == RunOutcome.Running ? null : (UserOutcome?)UserOutcome.Unknown));
    }

    [Test]
    public async Task Report_and_recovery_name_the_same_users([Values(RunOutcome.Running, RunOutcome.Interrupted, RunOutcome.Partial)] RunOutcome outcome)
    {
        RunUser[] users = [.. Runs.Users, .. Again(NotBegun, 3), .. Again(OnItsWay, 5), .. Again(Done, 7)];
        RunHeader head = Runs.Head(outcome);
        Report report = Report.From(head, _ => users.Select(u => LeftUsers.Settle(u, head)).ToAsyncEnumerable(), Sample.Digests);
        RecoveryDocument recovery = await RecoveryDocument.OfAsync(head, users.ToAsyncEnumerable(), Sample.Digests, reveal: false, default);

        FindingCounter tally = await FindingCounter.OfAsync(report, 3, default);

        Assert.That((tally.LeftWithNone, recovery.WithoutMethods), Is.EqualTo((13L, 13L)), "one of the sample, five and seven");
        Assert.That(tally.EndsWithFewer, Is.EqualTo(recovery.Users.Length));
    }

    private static IEnumerable<RunUser> Again(RunUser user, int times) => Enumerable.Repeat(user, times);
}
