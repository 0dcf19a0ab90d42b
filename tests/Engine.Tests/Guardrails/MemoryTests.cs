using System.Collections.Immutable;
using ProvisioningConnector.Engine.Guardrails;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Tests.Guardrails;

/// <summary>Guardrails that remember: what sources held, and what earlier runs applied (docs/safety.md#guardrails).</summary>
public sealed class MemoryTests
{
    private static readonly DateTimeOffset Then = new(2026, 3, 1, 2, 0, 0, TimeSpan.Zero);
    private static readonly SourceCensus Full = new() { Rows = 1000, Mobile = 900, Office = 100, Countries = Countries(("+1", 940), ("+44", 60)) };

    [TestCase(1000, 900, Verdict.Pass)]
    [TestCase(1000, 899, Verdict.Blocked)]
    [TestCase(1000, 1500, Verdict.Pass)]
    [TestCase(30, 27, Verdict.Pass)]
    [TestCase(30, 26, Verdict.Blocked)]
    [TestCase(19, 1, Verdict.Pass, Description = "below MinPopulation")]
    public void A_source_that_lost_more_than_a_tenth_of_its_rows_is_blocked(long before, long now, Verdict expected) =>
        Assert.That(Shrink(new() { Rows = before }, new() { Rows = now }).Verdict, Is.EqualTo(expected));

    [TestCase(950, 950, 950, Verdict.Pass)]
    [TestCase(949, 1000, 1000, Verdict.Blocked)]
    [TestCase(1000, 949, 1000, Verdict.Blocked)]
    [TestCase(1000, 1000, 949, Verdict.Blocked)]
    public void A_limit_that_is_a_count_is_one_of_rows_and_of_numbers(long rows, long mobile, long country, Verdict expected)
    {
        SourceCensus before = new() { Rows = 1000, Mobile = 1000, Countries = Countries(("+1", 1000)) };
        GuardrailVerdict verdict = One("SourceShrink", Measures(new() { Rows = rows, Mobile = mobile, Countries = Countries(("+1", country)) }, before),
            new() { SourceShrink = new Limit(50, null) });
        Assert.That((verdict.Verdict, verdict.Limit), Is.EqualTo((expected, (long?)50)));
    }

    [Test]
    public void Numbers_of_one_type_or_one_country_may_not_vanish_behind_the_others()
    {
        Assert.That(Shrink(Full, Full).Verdict, Is.EqualTo(Verdict.Pass));
        GuardrailVerdict type = Shrink(Full, Full with { Mobile = 1000, Office = 0 });
        Assert.That((type.Verdict, type.Actual, type.Limit, type.Allow),
            Is.EqualTo((Verdict.Blocked, (long?)100, (long?)10, (string?)"--allow sourceShrink=100")));
        Assert.That(type.Message, Does.Contain("office numbers: 0 instead of 100"));
        GuardrailVerdict country = Shrink(Full, Full with { Countries = Countries(("+1", 990), ("+44", 10)) });
        Assert.That(country.Message, Does.Contain("+44 numbers: 10 instead of 60, 84 % fewer"));
        Assert.That(Shrink(Full, Full with { Countries = Countries(("+1", 940), ("+44", 50)) }).Verdict, Is.EqualTo(Verdict.Pass), "a handful of a large list");
        Assert.That(Shrink(Full with { Rows = 40, Mobile = 20, Office = 20 }, Full with { Rows = 40, Mobile = 20, Office = 15 }).Verdict,
            Is.EqualTo(Verdict.Blocked), "in a small list a handful is much");
    }

    [Test]
    public void The_largest_loss_is_the_one_that_is_shown_first_and_that_an_allowance_must_cover()
    {
        SourceCensus now = Full with { Rows = 880, Office = 40, Countries = Countries(("+1", 800), ("+44", 30)) };
        GuardrailVerdict verdict = Shrink(Full, now);
        Assert.That((verdict.Actual, verdict.Allow), Is.EqualTo(((long?)60, "--allow sourceShrink=60")));
        Assert.That(verdict.Message, Does.Contain(": office numbers: 40 instead of 100, 60 % fewer; +44 numbers: 30 instead of 60, 50 % fewer; ")
            .And.Contain("; and more."), "three of four");
        Assert.That(Shrink(Full, now with { Countries = Full.Countries }).Message, Does.Not.Contain("and more"));
        Assert.That(Shrink(Full, now with { Rows = 1000, Countries = Full.Countries }).Message, Does.Not.Contain("rows:"));
    }

    [Test]
    public void An_allowance_for_the_source_serves_no_larger_loss()
    {
        SourceCensus less = new() { Rows = 750 };
        Assert.That(Shrink(new() { Rows = 1000 }, less).Allow, Is.EqualTo("--allow sourceShrink=25"));
        Assert.That(Shrink(new() { Rows = 1000 }, less, new() { SourceShrink = 25 }).Verdict, Is.EqualTo(Verdict.Pass));
        Assert.That(Shrink(new() { Rows = 1000 }, less with { Rows = 749 }, new() { SourceShrink = 25 }).Verdict, Is.EqualTo(Verdict.Blocked));
    }

    [Test]
    public void Lists_of_changes_first_lists_and_lists_that_may_shrink_are_not_judged()
    {
        PlanMeasures shrunk = Measures(new() { Rows = 1 }, new() { Rows = 1000 });
        Assert.That(One("SourceShrink", shrunk with { IsDelta = true }).Verdict, Is.EqualTo(Verdict.Pass));
        Assert.That(One("SourceShrink", shrunk with { LastAccepted = null }).Verdict, Is.EqualTo(Verdict.Pass));
        Assert.That(One("SourceShrink", shrunk, new() { SourceShrink = Limit.None }).Verdict, Is.EqualTo(Verdict.Pass));
        Assert.That(One("SourceShrink", shrunk, new() { OnBreach = BreachPolicy.Withhold }).Verdict,
            Is.EqualTo(Verdict.Blocked), "there is no class to withhold");
    }

    [TestCase(0, 0, Verdict.Pass)]
    [TestCase(-1, 60, Verdict.Blocked, Description = "asOf decides")]
    [TestCase(1, -600, Verdict.Pass, Description = "asOf decides")]
    [TestCase(0, -600, Verdict.Blocked)]
    [TestCase(null, -600, Verdict.Blocked)]
    [TestCase(null, 600, Verdict.Pass)]
    [TestCase(null, -1, Verdict.Pass, Description = "made together")]
    public void A_source_from_before_the_last_accepted_one_is_blocked(int? asOfMinutes, int fileMinutes, Verdict expected)
    {
        SourceCensus last = new() { Rows = 5, NewestAsOf = Then, FileDate = Then };
        SourceCensus now = new() { Rows = 5, NewestAsOf = asOfMinutes is { } m ? Then.AddMinutes(m) : null, FileDate = Then.AddMinutes(fileMinutes) };
        PlanMeasures plan = Measures(now, last);
        Assert.That(One("SourceOlder", plan).Verdict, Is.EqualTo(expected));
        Assert.That(One("SourceOlder", plan, new() { SourceOlder = false }).Verdict, Is.EqualTo(Verdict.Pass));
        Assert.That(One("SourceOlder", plan, null, new() { SourceOlder = true }).Verdict, Is.EqualTo(Verdict.Pass));
        Assert.That(One("SourceOlder", plan with { SourceSha256 = "aa" }).Verdict, Is.EqualTo(Verdict.Pass), "the very same bytes");
    }

    [TestCase(0, 0, 7, Verdict.Pass)]
    [TestCase(3, 3, 7, Verdict.Pass)]
    [TestCase(4, 4, 7, Verdict.Blocked)]
    [TestCase(0, 23, 7, Verdict.Pass)]
    [TestCase(0, 24, 7, Verdict.Blocked)]
    [TestCase(900, 900, 0, Verdict.Pass, Description = "a plan without deletions uses nothing")]
    public void What_earlier_runs_used_of_a_limit_counts(long day, long week, long now, Verdict expected)
    {
        PlanMeasures plan = new()
        {
            Summary = new Summary { Operations = new OperationCounts(Delete: now) }, Population = 1000, Asked = 1000,
            Past = new PastWrites(new AppliedWrites(Delete: day), new AppliedWrites(Delete: week)),
        };
        GuardrailLimits limits = new() { MaxDeletes = new(10, null) };
        GuardrailVerdict verdict = One("MaxDeletes", plan, limits);
        Assert.That(verdict.Verdict, Is.EqualTo(expected));
        if (expected == Verdict.Pass) return;
        Assert.That(verdict.Message, Does.Contain(day > 0 ? "24 hours" : "7 days"));
        Assert.That(verdict.Allow, Is.EqualTo($"--allow deletes={now}"));
        Assert.That(One("MaxDeletes", plan, limits, new() { Deletes = now }).Verdict, Is.EqualTo(Verdict.Pass));
        Assert.That(One("MaxDeletes", plan, limits with { OnBreach = BreachPolicy.Withhold }).Verdict, Is.EqualTo(Verdict.Held));
        Assert.That(One("MaxDeletes", plan, limits with { PerDay = 1000, PerWeek = 1000 }).Verdict, Is.EqualTo(Verdict.Pass));
        Assert.That(One("MaxUpdates", plan, limits).Verdict, Is.EqualTo(Verdict.Pass), "deletions use nothing of another limit");
    }

    [Test]
    public void A_window_slides_with_the_moment_of_the_write()
    {
        AppliedHour hour = new(Then, new AppliedWrites(Add: 1));
        Assert.That(PastWrites.None.Plus(hour, Then.AddHours(23.9)).Day.Add, Is.EqualTo(1));
        Assert.That(PastWrites.None.Plus(hour, Then.AddHours(24)).Day.Add, Is.Zero);
        Assert.That(PastWrites.None.Plus(hour, Then.AddDays(6.9)).Week.Add, Is.EqualTo(1));
        Assert.That(PastWrites.None.Plus(hour, Then.AddDays(7)).Week.Add, Is.Zero);
    }

    private static GuardrailVerdict Shrink(SourceCensus before, SourceCensus now, Allowances? allowances = null) =>
        One("SourceShrink", Measures(now, before), null, allowances);

    private static PlanMeasures Measures(SourceCensus now, SourceCensus last) => new()
    {
        Summary = new(), Population = 1000, Asked = 1000, Source = now, LastAccepted = new AcceptedSource("r-1", Then, "aa", last),
    };

    private static GuardrailVerdict One(string name, PlanMeasures plan, GuardrailLimits? limits = null, Allowances? allowances = null) =>
        GuardrailPanel.Judge(plan, limits ?? new(), allowances ?? Allowances.None).Single(v => v.Name == name);

    private static ImmutableSortedDictionary<string, long> Countries(params (string Code, long Count)[] counts) =>
        counts.ToImmutableSortedDictionary(c => c.Code, c => c.Count, StringComparer.Ordinal);
}
