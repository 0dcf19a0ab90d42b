using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit.Leases;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Locking;

/// <summary>Seeded duels: pauses, also between check and send, kills, clocks that are set, a store that goes away, requests that land late.</summary>
public sealed class DuelSimulation
{
    private const int Seeds = 400;

    [Test]
    public void Two_holders_write_at_the_same_time_at_most_what_was_past_the_check_and_the_report_is_true()
    {
        int takenOver = 0, late = 0, lost = 0, afterDeath = 0, declared = 0;
        for (int seed = 1; seed <= Seeds; seed++)
        {
            (Duel duel, DuelScript script) = Play(seed);
            (Contender older, Contender newer) = InOrder(duel);
            if (newer.Lease is null || older.Lease is null) continue;
            takenOver += older.Lease.IsLost || script.Killed ? 1 : 0;
            lost += older.Lease.IsLost ? 1 : 0;
            afterDeath += script.Killed ? 1 : 0;
            late += CheckWrites(seed, older, newer, duel.DeclaredDead.Contains(older.Process.Name));
            declared += duel.DeclaredDead.Count;
            CheckReports(seed, duel);
        }

        Assert.That(new[] { takenOver, late, lost, afterDeath, declared }, Is.All.GreaterThan(5), "the simulation must meet what it is there for");
    }

    [Test]
    [Explicit("Any number of seeds by command: SEEDS=100000 dotnet test --filter Many_more_seeds")]
    public void Many_more_seeds()
    {
        int seeds = int.Parse(Environment.GetEnvironmentVariable("SEEDS") ?? "20000", System.Globalization.CultureInfo.InvariantCulture);
        for (int seed = Seeds + 1; seed <= Seeds + seeds; seed++)
        {
            (Duel duel, DuelScript script) = Play(seed);
            (Contender older, Contender newer) = InOrder(duel);
            if (newer.Lease is null || older.Lease is null) continue;
            CheckWrites(seed, older, newer, duel.DeclaredDead.Contains(older.Process.Name));
            CheckReports(seed, duel);
        }
    }

    private static (Duel Duel, DuelScript Script) Play(int seed) => VirtualWorld.Run(seed, async world =>
    {
        Duel duel = new(world);
        DuelScript script = new(duel);
        await script.PlayAsync();
        return (duel, script);
    });

    private static (Contender Older, Contender Newer) InOrder(Duel duel) => duel.A.Lease?.Record.Epoch > duel.B.Lease?.Record.Epoch
        ? (duel.B, duel.A) : (duel.A, duel.B);

    /// <summary>How many writes of the older holder left after the newer had begun.</summary>
    private static int CheckWrites(int seed, Contender older, Contender newer, bool isDeclared)
    {
        if (newer.Writes.FirstOrDefault() is not { } first) return 0;
        CheckedWrite[] late = [.. older.Writes.Where(w => w.SentAt > first.SentAt)];
        foreach (CheckedWrite write in late)
        {
            // Who was declared dead may still send what it had an intent for, and only this user waits for it.
            CheckedWrite? met = isDeclared ? newer.Writes.FirstOrDefault(w => w.Uid == write.Uid) : first;
            Assert.That(write.CheckedAt + Duel.Terms.RequestTimeout, Is.LessThanOrEqualTo(met?.SentAt ?? TimeSpan.MaxValue),
                $"seed {seed}: what leaves late was checked before the newer holder began");
        }

        Assert.That(late.Length, Is.LessThanOrEqualTo(2), $"seed {seed}: at most what was in flight when the older holder was paused");
        if (older.Process.DiedAt is { } died) Assert.That(older.Writes.Where(w => w.SentAt > died), Is.Empty, $"seed {seed}: the dead write nothing");
        return late.Length;
    }

    private static void CheckReports(int seed, Duel duel)
    {
        foreach (Contender one in new[] { duel.A, duel.B }.Where(c => c.Ended is not null))
        {
            Assert.That(one.Ended?.Outcomes.Total, Is.EqualTo(one.Ended?.Plan.Summary.Changed), $"seed {seed}: totals add up");
            if (one.Lease is { IsLost: true }
                && one.Ended?.Outcome == RunOutcome.Interrupted) Assert.That(one.Ended?.Diagnostics.Select(d => d.Code),
                    Does.Contain("leaseLost"), $"seed {seed}");
        }

        Assert.That(duel.Fence.Stale, Is.Empty, $"seed {seed}: who lost the tenant writes no intent");
        foreach (string run in duel.Fence.Runs) CheckRun(seed, duel, run);
        foreach (CheckedWrite write in duel.Log) Assert.That(duel.Store.Intents.Any(i => i.Uid == write.Uid), $"seed {seed}: every write has an intent");
    }

    private static void CheckRun(int seed, Duel duel, string run)
    {
        foreach (RunUser user in Users(duel, run))
        {
            int n = (int)user.Planned.Row.Ordinal;
            if (user.Result?.Outcome == UserOutcome.Done) Assert.That(duel.IsDone(n), $"seed {seed}: user {n} is done as {run} says");
        }
    }

    private static List<RunUser> Users(Duel duel, string run) => VirtualWorld.Run(1, async _ =>
    {
        List<RunUser> users = [];
        await foreach (RunUser user in duel.Store.UsersAsync(run, default)) users.Add(user);
        return users;
    });
}
