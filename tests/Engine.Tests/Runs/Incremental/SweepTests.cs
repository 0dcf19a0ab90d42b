using ProvisioningConnector.Engine.Runs.Incremental;

namespace ProvisioningConnector.Engine.Tests.Runs.Incremental;

public sealed class SweepTests
{
    private static readonly DateTimeOffset Beginning = new(2026, 3, 1, 2, 0, 0, TimeSpan.Zero);

    [Test]
    public void Nights_share_the_load_evenly()
    {
        TimeSpan period = SweepRule.Period(TimeSpan.FromDays(7), TimeSpan.FromDays(1));
        string[] uids = [.. Enumerable.Range(0, 20_000).Select(i => $"00000000-0000-0000-0000-{i:000000000000}")];
        Dictionary<string, DateTimeOffset> verified = uids.ToDictionary(u => u, _ => Beginning);
        List<int> nights = [];
        for (int night = 1; night <= 14; night++)
        {
            DateTimeOffset now = Beginning.AddDays(night);
            string[] due = [.. uids.Where(u => SweepRule.IsDue(u, verified[u], now, period))];
            foreach (string uid in due) verified[uid] = now;
            nights.Add(due.Length);
        }

        double fair = uids.Length * (TimeSpan.FromDays(1) / period);
        Assert.That(nights, Is.All.EqualTo(fair).Within(6).Percent);
    }

    [FsCheck.NUnit.Property]
    public bool No_user_waits_longer_than_the_sweep_when_runs_come_as_expected(Guid user, ushort sweepHours, ushort intervalMinutes, uint beginMinutes)
    {
        TimeSpan sweep = TimeSpan.FromHours(sweepHours + 1);
        TimeSpan interval = TimeSpan.FromMinutes(intervalMinutes + 1);
        TimeSpan period = SweepRule.Period(sweep, interval);
        DateTimeOffset verified = Beginning.AddMinutes(beginMinutes % 1_000_000);
        DateTimeOffset now = verified;
        do now += interval;
        while (!SweepRule.IsDue(user.ToString(), verified, now, period));
        return now - verified <= (interval > sweep ? interval : sweep + TimeSpan.FromMinutes(1));
    }

    [Test]
    public void Runs_that_are_a_little_late_or_early_do_not_move_anybodys_moment()
    {
        TimeSpan nightly = SweepRule.Period(TimeSpan.FromDays(7), null);
        foreach (double hours in new[] { 0.1, 22, 23.99, 24, 24.01, 26 })
        {
            Assert.That(SweepRule.Period(TimeSpan.FromDays(7), TimeSpan.FromHours(hours)), Is.EqualTo(nightly), $"{hours} h");
        }
    }

    [FsCheck.NUnit.Property]
    public bool A_user_is_due_once_per_period_and_not_again_at_once(Guid user, uint minutes)
    {
        TimeSpan period = TimeSpan.FromDays(6);
        DateTimeOffset at = Beginning.AddMinutes(minutes % 1_000_000);
        return !SweepRule.IsDue(user.ToString(), at, at, period) && SweepRule.IsDue(user.ToString(), at, at + period, period);
    }

    [Test]
    public void Object_ids_are_the_same_user_in_any_case()
    {
        for (int hour = 0; hour < 200; hour++)
        {
            DateTimeOffset now = Beginning.AddHours(hour);
            Assert.That(SweepRule.IsDue("ABCDEF-1", Beginning, now, TimeSpan.FromDays(6)),
                Is.EqualTo(SweepRule.IsDue("abcdef-1", Beginning, now, TimeSpan.FromDays(6))));
        }
    }

    [Test]
    public void A_verification_in_the_future_is_not_believed() =>
        Assert.That(SweepRule.IsDue("u", Beginning.AddDays(400), Beginning, TimeSpan.FromDays(6)), Is.True);

    [Test]
    public void Without_a_sweep_time_everybody_is_always_due() =>
        Assert.That(SweepRule.IsDue("u", Beginning, Beginning, SweepRule.Period(TimeSpan.Zero, null)), Is.True);
}
