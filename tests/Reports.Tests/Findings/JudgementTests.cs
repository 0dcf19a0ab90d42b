using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Findings;
using ProvisioningConnector.Reports.Tests.Samples;

namespace ProvisioningConnector.Reports.Tests.Findings;

public sealed class JudgementTests
{
    private static UserEntry Entry(Engine.Records.PlannedUser user) => UserEntries.From(user, Sample.Digests);

    [Test]
    public void Every_user_is_under_the_worst_that_applies() =>
        Assert.That(People.All.Where(u => u != People.Equal).Select(u => Judgement.From(Entry(u))), Is.EqualTo(new[]
        {
            Finding.Added, Finding.Updated, Finding.LeftWithNone, Finding.PrivilegedTouched, Finding.EndsWithFewer, Finding.Updated, Finding.Removed,
            Finding.Drifted, Finding.Invalid, Finding.NotFound, Finding.NotRead,
        }));

    [Test]
    public void What_was_not_done_has_no_consequence()
    {
        foreach (UserOutcome outcome in new[] { UserOutcome.Failed, UserOutcome.Stale, UserOutcome.Skipped, UserOutcome.Unknown })
        {
            UserEntry user = Entry(People.LosesAll) with { Outcome = outcome };
            Assert.That(Judgement.From(user), Is.Not.EqualTo(Finding.LeftWithNone));
            Assert.That(Judgement.LosesLastPhone(user) || Judgement.EndsWithFewer(user), Is.False);
        }
    }

    [Test]
    public void What_a_read_showed_afterwards_counts_whatever_the_outcome() =>
        Assert.That(Judgement.From(Entry(People.LosesAll) with { Outcome = UserOutcome.Failed, MethodsNow = 0 }), Is.EqualTo(Finding.LeftWithNone));

    [Test]
    public void An_add_and_a_delete_of_one_number_are_one_move()
    {
        Change change = Change.From(Entry(People.Moves)).Single();
        Assert.That((change.Sign, change.What, change.Operations.Length), Is.EqualTo((Sign.Move, "mobile → office", 2)));
        Assert.That(Change.From(Masking.Mask(Entry(People.Moves), Sample.Digests)).Single().Sign, Is.EqualTo(Sign.Move));
    }

    [Test]
    public async Task Findings_count_every_user_once_and_changes_count_every_operation()
    {
        Report report = Crowd.Report(2_000, 5_000);
        FindingCounter tally = await FindingCounter.OfAsync(report, 3, CancellationToken.None);
        Assert.That(tally.Groups.Sum(g => g.Count), Is.EqualTo(2_000));
        Assert.That(tally.Groups.Select(g => (int)g.Finding), Is.Ordered);
        SummaryEntry summary = report.Head.Summary with { Operations = Sample.Count([.. Crowd.Users(2_000)]).Operations };
        Assert.That(Wording.Changes(summary, tally).Sum(c => c.Sign == Sign.Move ? 2 * c.Count : c.Count), Is.EqualTo(summary.Operations.Total));
    }
}
