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
    public void Nothing_is_lost_and_nobody_stays_wrong_longer_than_the_sweep([Range(1, 40)] int seed) => VirtualWorld.Run(seed, async world =>
    {
        House house = new(world, Users);
        Random chance = world.Chance("nights");
        house.Feed.AuditDelay = TimeSpan.FromHours(chance.Next(0, 30));
        house.Feed.ReportDelay = TimeSpan.FromHours(chance.Next(0, 36));
        house.Feed.ReportFlattery = chance.Next(2) == 0 ? TimeSpan.Zero : house.Feed.ReportDelay * chance.NextDouble();
        bool troubled = chance.Next(2) == 0;
        Dictionary<int, DateTimeOffset> wrongSince = [];
        Dictionary<int, DateTimeOffset> toldAt = [];
        long swept = 0;
        for (int night = 0; night < Nights; night++)
        {
            if (night > 0) MeddleAll(house, chance, night, toldAt);
            Problem(house, chance, troubled && night > 0);
            foreach (int user in Wrong(house)) wrongSince.TryAdd(user, house.Now);
            await world.Delay(TimeSpan.FromHours(22 + (3 * chance.NextDouble())));
            await RunAsync(house, chance, night);
            swept += house.Account?.Sweep ?? 0;
            await CheckAsync(house, wrongSince, toldAt, night);
        }

        Assert.That(swept, Is.GreaterThan(Users), "in more than three weeks everybody has his turn");
    });

    private static async Task RunAsync(House house, Random chance, int night)
    {
        bool incremental = night != 9;
        if (chance.Next(8) == 0) await house.PlanAsync();
        using CancellationTokenSource stop = chance.Next(6) == 0
            ? new CancellationTokenSource(TimeSpan.FromSeconds(chance.Next(1, 4)), house.World.Time) : new CancellationTokenSource();
        DateTimeOffset begun = house.Now;
        await house.ApplyAsync(incremental, stop.Token);
        Assert.That(house.Now - begun, Is.LessThan(TimeSpan.FromHours(1)));
    }

    /// <summary>After a run: whoever it could not settle is unsettled and gets another night; of all
    /// others nobody may be wrong who was told of, and nobody longer than the sweep.</summary>
    private static async Task CheckAsync(House house, Dictionary<int, DateTimeOffset> wrongSince, Dictionary<int, DateTimeOffset> toldAt, int night)
    {
        bool heard = house.Feed.AuditError is null && house.Account is not null;
        for (int user = 0; user < Users; user++)
        {
            VerifiedState? state = await house.StateAsync(user);
            bool right = house.IsRight(user);
            bool unsettled = state is not { IsSettled: true };
            if (right || unsettled)
            {
                wrongSince.Remove(user);
                if (unsettled && !right) wrongSince[user] = house.Now;
            }

            if (right) toldAt.Remove(user);
            if (toldAt.TryGetValue(user, out DateTimeOffset told) && told < house.Now.AddHours(-1) && heard)
            {
                Assert.That(right || unsettled, Is.True, $"night {night}: the audit log told of {House.Uid(user)} at {told:u}; {state}");
                toldAt.Remove(user);
            }

            if (wrongSince.TryGetValue(user, out DateTimeOffset since))
            {
                Assert.That(house.Now - since, Is.LessThanOrEqualTo(house.FullSweepAfter), $"night {night}: {House.Uid(user)} is wrong; {state}");
            }
        }

        Assert.That(house.Tenant.MostOverlapping, Is.LessThanOrEqualTo(1));
    }

    private static IEnumerable<int> Wrong(House house) => Enumerable.Range(0, Users).Where(u => !house.IsRight(u));

    private static void MeddleAll(House house, Random chance, int night, Dictionary<int, DateTimeOffset> toldAt)
    {
        for (int i = 0; i < 3; i++) house.Want(chance.Next(Users), Some.Desired.Mobile(House.Number(chance.Next(Users), night)));
        for (int i = 0; i < 4; i++)
        {
            int user = chance.Next(Users);
            ModelUser who = house.Tenant[House.Uid(user)];
            bool removes = chance.Next(3) == 0 && !who.Now.Mobile.IsEmpty;
            house.Tenant.Change(who, m => removes ? m with { Mobile = CurrentSlot.Empty } : m.Mobile(House.Number(user, 500 + night)));
            if (chance.Next(2) == 0) continue;
            TimeSpan delay = TimeSpan.FromHours(chance.Next(0, 46));
            house.Feed.Log(House.Uid(user), delay);
            toldAt[user] = house.Now + delay;
        }
    }

    private static void Problem(House house, Random chance, bool troubled)
    {
        ServiceError no = new(ErrorKind.Forbidden, "PP201", "The service does not allow it.", Status: 403);
        house.Feed.AuditError = troubled && chance.Next(6) == 0 ? no : null;
        house.Feed.ReportError = troubled && chance.Next(4) == 0 ? no : null;
        house.Tenant.UnreadableUsers.Clear();
        if (troubled && chance.Next(2) == 0) house.Tenant.UnreadableUsers.Add(House.Uid(chance.Next(Users)));
        WriteFault[] faults = Enum.GetValues<WriteFault>();
        int salt = chance.Next();
        house.Tenant.Faults = (uid, number) =>
        {
            Random dice = new(unchecked(salt + (number * 7_919) + (int.Parse(uid.AsSpan(5), CultureInfo.InvariantCulture) * 104_729)));
            return troubled && dice.Next(4) == 0 ? faults[dice.Next(faults.Length)] : WriteFault.None;
        };
    }
}
