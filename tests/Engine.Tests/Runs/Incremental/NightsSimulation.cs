using System.Globalization;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Runs.Incremental;

/// <summary>Seeded nights: the source changes, people change themselves, some of it visible
/// late and some never, writes and reads fail, runs are stopped.</summary>
public sealed class NightsSimulation
{
    private const int Users = 60;
    private const int Nights = 24;

    [Test]
    public void Nothing_is_lost_and_no_user_stays_wrong_longer_than_the_sweep([Range(1, 40)] int seed) => VirtualWorld.Run(seed, async world =>
    {
        NightBench bench = new(world, Users);
        Random chance = world.Chance("nights");
        bench.Feed.AuditDelay = TimeSpan.FromHours(chance.Next(0, 30));
        bench.Feed.ReportDelay = TimeSpan.FromHours(chance.Next(0, 36));
        bench.Feed.ReportFlattery = chance.Next(2) == 0 ? TimeSpan.Zero : bench.Feed.ReportDelay * chance.NextDouble();
        bool troubled = chance.Next(2) == 0;
        Dictionary<int, DateTimeOffset> wrongSince = [];
        Dictionary<int, DateTimeOffset> reportedAt = [];
        long swept = 0;
        for (int night = 0; night < Nights; night++)
        {
            if (night > 0) MeddleAll(bench, chance, night, reportedAt);
            Problem(bench, chance, troubled && night > 0);
            foreach (int user in Wrong(bench)) wrongSince.TryAdd(user, bench.Now);
            await world.Delay(TimeSpan.FromHours(22 + (3 * chance.NextDouble())));
            await RunAsync(bench, chance, night);
            swept += bench.Account?.Sweep ?? 0;
            await CheckAsync(bench, wrongSince, reportedAt, night);
        }

        Assert.That(swept, Is.GreaterThan(Users), "in more than three weeks every user is due once");
    });

    private static async Task RunAsync(NightBench bench, Random chance, int night)
    {
        bool incremental = night != 9;
        if (chance.Next(8) == 0) await bench.PlanAsync();
        using CancellationTokenSource stop = chance.Next(6) == 0
            ? new CancellationTokenSource(TimeSpan.FromSeconds(chance.Next(1, 4)), bench.World.Time) : new CancellationTokenSource();
        DateTimeOffset begun = bench.Now;
        await bench.ApplyAsync(incremental, stop.Token);
        Assert.That(bench.Now - begun, Is.LessThan(TimeSpan.FromHours(1)));
    }

    /// <summary>After a run: a user it could not settle is unsettled and gets another night; of all
    /// others no reported user may be wrong, and no user longer than the sweep.</summary>
    private static async Task CheckAsync(NightBench bench, Dictionary<int, DateTimeOffset> wrongSince, Dictionary<int, DateTimeOffset> reportedAt, int night)
    {
        bool isFed = bench.Feed.AuditError is null && bench.Account is not null;
        for (int user = 0; user < Users; user++)
        {
            VerifiedState? state = await bench.StateAsync(user);
            bool right = bench.IsRight(user);
            bool unsettled = state is not { IsSettled: true };
            if (right || unsettled)
            {
                wrongSince.Remove(user);
                if (unsettled && !right) wrongSince[user] = bench.Now;
            }

            if (right) reportedAt.Remove(user);
            if (reportedAt.TryGetValue(user, out DateTimeOffset reported) && reported < bench.Now.AddHours(-1) && isFed)
            {
                Assert.That(right || unsettled, Is.True, $"night {night}: the audit log reported {NightBench.Uid(user)} at {reported:u}; {state}");
                reportedAt.Remove(user);
            }

            if (wrongSince.TryGetValue(user, out DateTimeOffset since))
            {
                Assert.That(bench.Now - since, Is.LessThanOrEqualTo(bench.FullSweepAfter), $"night {night}: {NightBench.Uid(user)} is wrong; {state}");
            }
        }

        Assert.That(bench.Tenant.MostOverlapping, Is.LessThanOrEqualTo(1));
    }

    private static IEnumerable<int> Wrong(NightBench bench) => Enumerable.Range(0, Users).Where(u => !bench.IsRight(u));

    private static void MeddleAll(NightBench bench, Random chance, int night, Dictionary<int, DateTimeOffset> reportedAt)
    {
        for (int i = 0; i < 3; i++) bench.Want(chance.Next(Users), Some.Desired.Mobile(NightBench.Number(chance.Next(Users), night)));
        for (int i = 0; i < 4; i++)
        {
            int user = chance.Next(Users);
            ModelUser who = bench.Tenant[NightBench.Uid(user)];
            bool removes = chance.Next(3) == 0 && !who.Now.Mobile.IsEmpty;
            bench.Tenant.Change(who, m => removes ? m with { Mobile = CurrentSlot.Empty } : m.Mobile(NightBench.Number(user, 500 + night)));
            if (chance.Next(2) == 0) continue;
            TimeSpan delay = TimeSpan.FromHours(chance.Next(0, 46));
            bench.Feed.Log(NightBench.Uid(user), delay);
            reportedAt[user] = bench.Now + delay;
        }
    }

    private static void Problem(NightBench bench, Random chance, bool troubled)
    {
        ServiceError no = new(ErrorKind.Forbidden, "PP201", "The service does not allow it.", Status: 403);
        bench.Feed.AuditError = troubled && chance.Next(6) == 0 ? no : null;
        bench.Feed.ReportError = troubled && chance.Next(4) == 0 ? no : null;
        bench.Tenant.UnreadableUsers.Clear();
        if (troubled && chance.Next(2) == 0) bench.Tenant.UnreadableUsers.Add(NightBench.Uid(chance.Next(Users)));
        WriteFault[] faults = Enum.GetValues<WriteFault>();
        int salt = chance.Next();
        bench.Tenant.Faults = (uid, number) =>
        {
            Random dice = new(unchecked(salt + (number * 7_919) + (int.Parse(uid.AsSpan(5), CultureInfo.InvariantCulture) * 104_729)));
            return troubled && dice.Next(4) == 0 ? faults[dice.Next(faults.Length)] : WriteFault.None;
        };
    }
}
