using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Findings;
using ProvisioningConnector.Reports.Tests.Samples;

namespace ProvisioningConnector.Reports.Tests.Findings;

/// <summary>The figures behind the pictures of a report.</summary>
public sealed class PictureFiguresTests
{
    private static readonly DateTimeOffset Begin = Sample.At;

    [Test]
    public async Task Usable_methods_before_and_after_are_counted_as_none_phone_only_and_strong()
    {
        FindingCounter plan = await FindingCounter.OfAsync(Sample.Report(Sample.Head(), People.All), 1, CancellationToken.None);
        // Adds: strong, strong. Updates: phone, phone. LosesAll: phone, none. Moves: strong, strong. Removes: strong, phone. Unreadable: phone, phone.
        // MailOnly: none, none. Held: phone, phone. Invalid has a reading without methods. NotFound and NotRead were not read; Equal has no entry.
        Assert.That(plan.StrengthBefore, Is.EqualTo(new long[] { 2, 4, 3 }));
        Assert.That(plan.StrengthAfter, Is.EqualTo(new long[] { 3, 4, 2 }));
    }

    [Test]
    public async Task A_run_counts_methods_as_it_left_them_whatever_was_planned()
    {
        RunUser refused = new(People.LosesAll, new UserResult
        {
            Operations =
            [
                .. People.LosesAll.Plan.Operations.Select(static o => new OperationResult(o, OperationOutcome.Failed, Begin, null, new("PP403", "No."))),
            ],
        });
        FindingCounter run = await FindingCounter.OfAsync(
            Report.From(Runs.Head(), _ => new[] { refused }.ToAsyncEnumerable(), Sample.Digests), 1, CancellationToken.None);
        Assert.That(run.StrengthAfter, Is.EqualTo(run.StrengthBefore).And.EqualTo(new long[] { 0, 1, 0 }));
    }

    [Test]
    public void Writes_over_time_keep_every_write_in_a_bounded_number_of_columns([Values(1, 59, 60, 61, 3_600, 400_000)] int seconds)
    {
        WritesOverTime writes = new();
        const int many = 1_000;
        for (int i = 0; i < many; i++)
        {
            writes.Add(Begin, User(Begin.AddSeconds((double)seconds * i / many), i % 10 == 0 ? OperationOutcome.Failed : OperationOutcome.Done));
        }

        Assert.That(writes.Columns, Has.Count.InRange(1, WritesOverTime.MostColumns));
        Assert.That(writes.Columns.Sum(static column => column.Done), Is.EqualTo(900));
        Assert.That(writes.Columns.Sum(static column => column.Other), Is.EqualTo(100));
        Assert.That(writes.Width * writes.Columns.Count, Is.LessThanOrEqualTo(TimeSpan.FromSeconds(Math.Max(2 * seconds, 2))));
    }

    [Test]
    public void A_write_before_the_start_of_the_run_counts_as_sent_at_its_start()
    {
        WritesOverTime writes = new();
        writes.Add(Begin, User(Begin.AddHours(-1), OperationOutcome.Done));
        Assert.That(writes.Columns, Is.EqualTo(new[] { new WritesOverTime.Column(1, 0) }));
    }

    [Test]
    public void What_the_configuration_switches_off_is_off_and_not_passed()
    {
        GuardrailLimits none = new()
        {
            MaxDeletes = Limit.None, MaxUpdates = Limit.None, MaxAdds = Limit.None, MaxLastPhone = Limit.None, ReadErrors = Limit.None,
            SharedNumber = null, ProtectPrivileged = false, SourceShrink = Limit.None, SourceOlder = false,
        };
        string[] names =
        [
            "MaxDeletes", "MaxUpdates", "MaxAdds", "MaxLastPhone", "ReadErrors", "SharedNumber", "ProtectPrivileged", "SourceShrink", "SourceOlder",
        ];
        PlanHeader head = Sample.Head(null, [.. names.Append("Protected").Select(static name => new GuardrailVerdict(name, Verdict.Pass, null, 0, null, "."))]);
        Assert.That(GuardrailWords.Passed(PlanDocuments.From(head with { Limits = none })), Is.EqualTo($"1 passed, 9 off ({string.Join(", ", names)})"));
        GuardrailLimits all = new() { MaxAdds = new Limit(1, null) };
        Assert.That(GuardrailWords.Passed(PlanDocuments.From(head with { Limits = all })), Is.EqualTo("10 passed"));
    }

    private static UserEntry User(DateTimeOffset sent, OperationOutcome outcome) =>
        UserEntries.From(People.LosesAll, new UserResult { Operations = [new(People.LosesAll.Plan.Operations[0], outcome, sent, null, null)] }, Sample.Digests);
}
