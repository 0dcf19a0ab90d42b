using System.Collections.Immutable;
using System.Text;
using ProvisioningConnector.Engine.Evidence.Audit;

namespace ProvisioningConnector.Engine.Tests.Evidence.Audit;

/// <summary>Whatever is done to a chain without its key shows.</summary>
public sealed class AuditCheckTests
{
    private const int Length = 6;
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private static readonly byte[] OtherKey = [.. Enumerable.Range(2, 32).Select(i => (byte)i)];
    private static readonly ImmutableArray<AuditRecord> Chain = Make(Key, Length);

    [Test]
    public void An_untouched_chain_is_clean() => Assert.That(Codes(Chain, Heads(3, Length)), Is.Empty);

    [Test]
    public void An_edited_body_is_found_at_its_record([Range(1, Length)] int number)
    {
        AuditRecord record = Chain[number - 1];
        byte[] body = [.. record.Body];
        body[^2] ^= 1;
        Assert.That(Find(Chain.SetItem(number - 1, record with { Body = [.. body] })), Is.EqualTo(new[] { (AuditFinding.Edited, (long?)number) }));
    }

    [Test]
    public void An_edit_whose_chain_was_signed_anew_with_another_key_is_found([Range(1, Length)] int number)
    {
        ImmutableArray<AuditRecord> forged = Chain[..(number - 1)];
        for (int i = number; i <= Length; i++) forged = forged.Add(Next(OtherKey, forged, "forged"));
        Assert.That(Find(forged).Where(f => f.Code == AuditFinding.Edited).Select(f => f.Number),
            Is.EqualTo(Enumerable.Range(number, Length - number + 1).Select(n => (long?)n)));
    }

    [Test]
    public void A_deleted_record_is_found([Range(1, Length - 1)] int number) =>
        Assert.That(Codes(Chain.RemoveAt(number - 1)), Does.Contain(AuditFinding.Missing));

    [Test]
    public void A_deleted_record_whose_followers_were_numbered_anew_is_found([Range(1, Length - 1)] int number)
    {
        ImmutableArray<AuditRecord> moved = [.. Chain.RemoveAt(number - 1).Select((r, i) => r with { Number = i + 1 })];
        Assert.That(Codes(moved), Does.Contain(AuditFinding.Edited).And.Contain(AuditFinding.BrokenLink));
    }

    [Test]
    public void Exchanged_records_are_found([Range(1, Length - 1)] int number)
    {
        (AuditRecord one, AuditRecord two) = (Chain[number - 1], Chain[number]);
        ImmutableArray<AuditRecord> exchanged = Chain.SetItem(number - 1, two with { Number = number }).SetItem(number, one with { Number = number + 1 });
        Assert.That(Codes(exchanged), Does.Contain(AuditFinding.Edited).And.Contain(AuditFinding.BrokenLink));
    }

    [Test]
    public void A_record_of_another_branch_with_the_same_number_is_found([Range(2, Length)] int number)
    {
        // A restored backup goes on with the same key: from the second record on, its records have other predecessors.
        ImmutableArray<AuditRecord> branch = [];
        while (branch.Length < number) branch = branch.Add(Next(Key, branch, $"branch{branch.Length}"));
        Assert.That(Codes(Chain.SetItem(number - 1, branch[^1])), Does.Contain(AuditFinding.BrokenLink));
        AuditRecord linked = branch[^1] with { Previous = Chain[number - 2].Mac };
        Assert.That(Find(Chain.SetItem(number - 1, linked)), Does.Contain((AuditFinding.Edited, (long?)number)), "the MAC covers the record before");
    }

    [Test]
    public void A_cut_off_end_shows_against_the_second_sink([Range(0, Length - 1)] int left) =>
        Assert.That(Codes(Chain[..left], Heads(Length)), Is.EqualTo(new[] { AuditFinding.CutOff }));

    [Test]
    public void A_chain_that_was_cut_off_and_went_on_shows_against_the_second_sink([Range(0, Length - 1)] int left)
    {
        ImmutableArray<AuditRecord> again = Chain[..left];
        while (again.Length < Length + 2) again = again.Add(Next(Key, again, "anew"));
        Assert.That(Codes(again, Heads(Length)), Is.EqualTo(new[] { AuditFinding.Replaced }));
    }

    [Test]
    public void A_record_appended_without_the_key_is_found() =>
        Assert.That(Find(Chain.Add(Next(OtherKey, Chain, "forged"))), Is.EqualTo(new[] { (AuditFinding.Edited, (long?)(Length + 1)) }));

    [Test]
    public void A_run_that_the_trail_does_not_mention_is_found_when_it_began_since_there_is_a_trail()
    {
        AuditCheck check = Checked(Chain, []);
        check.AddRun("r1", Some(1).At);
        check.AddRun("r99", Some(1).At);
        check.AddRun("before-the-trail", Some(1).At.AddSeconds(-1));
        Assert.That(check.Findings.Select(f => f.Code), Is.EqualTo(new[] { AuditFinding.RunNotRecorded }));
    }

    [Test]
    public void A_trail_that_is_empty_while_the_store_knows_runs_is_found()
    {
        AuditCheck check = Checked([], []);
        check.AddRun("r1", Some(1).At);
        Assert.That(check.Findings.Select(f => f.Code), Is.EqualTo(new[] { AuditFinding.RunNotRecorded }));
    }

    [Test]
    public void A_trail_that_stops_before_a_run_ended_is_found([Values(-1, 0, 1)] int seconds)
    {
        AuditCheck check = Checked(Chain, []);
        check.AddRun("r1", Some(1).At, Some(Length).At.AddSeconds(seconds));
        Assert.That(check.Findings.Select(f => f.Code), seconds >= 0 ? Is.EqualTo(new[] { AuditFinding.EndNotRecorded }) : Is.Empty);
    }

    [Test]
    public void A_second_sink_that_lost_heads_is_found()
    {
        ImmutableArray<AuditRecord> chain = Chain.Add(AuditChain.Next(Key, Length, Chain[^1].Mac, AuditBody.Write(Some(9) with
        {
            Type = AuditType.RunEnded,
            Details = ImmutableSortedDictionary<string, string>.Empty.Add(AuditDetails.SecondSink, "heads"),
        })));
        Assert.That(Codes(chain, Heads(3)), Is.EqualTo(new[] { AuditFinding.SecondSink }));
        Assert.That(Codes(chain, [chain[^1].Head]), Is.Empty);
    }

    private static ImmutableArray<AuditRecord> Make(byte[] key, int length)
    {
        ImmutableArray<AuditRecord> chain = [];
        for (int i = 1; i <= length; i++) chain = chain.Add(Next(key, chain, $"r{i}"));
        return chain;
    }

    private static AuditRecord Next(byte[] key, ImmutableArray<AuditRecord> chain, string run) =>
        AuditChain.Next(key, chain.Length, chain.IsEmpty ? AuditChain.Beginning : chain[^1].Mac, AuditBody.Write(Some(chain.Length + 1) with { RunId = run }));

    private static AuditEntry Some(int number) => new()
    {
        At = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddSeconds(number), Type = AuditType.RunBegun,
        Actor = "anna@here", ToolVersion = "1", Reason = Encoding.UTF8.GetString([.. Enumerable.Repeat((byte)'x', number)]),
    };

    private static AuditHead[] Heads(params int[] numbers) => [.. numbers.Select(n => Chain[n - 1].Head)];

    private static AuditCheck Checked(ImmutableArray<AuditRecord> chain, AuditHead[] heads)
    {
        AuditCheck check = new(Key, heads);
        foreach (AuditRecord record in chain) check.Observe(record);
        check.End();
        return check;
    }

    private static (string Code, long? Number)[] Find(ImmutableArray<AuditRecord> chain) => [.. Checked(chain, []).Findings.Select(f => (f.Code, f.Number))];

    private static string[] Codes(ImmutableArray<AuditRecord> chain, params AuditHead[] heads) =>
        [.. Checked(chain, heads).Findings.Select(f => f.Code).Distinct()];
}
