using System.Globalization;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.Pipeline;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;
using static ProvisioningConnector.Engine.Tests.Pipeline.ChangeBench;

namespace ProvisioningConnector.Engine.Tests.Pipeline;

/// <summary>Seeded: a process that changes a user is killed at any moment, with requests that wait for quota and land late; another one takes over.</summary>
public sealed class TakeOverSimulation
{
    private const int Seeds = 400;

    [Test]
    public void The_process_that_takes_over_from_one_that_is_gone_has_the_last_word_and_waits_no_longer_than_a_request_may_take() =>
        Play(1, Seeds, mustMeet: true);

    [Test]
    [Explicit("Any number of seeds by command: SEEDS=100000 dotnet test tests/Engine.Tests --filter Many_more_seeds_of_take_overs")]
    public void Many_more_seeds_of_take_overs() =>
        Play(Seeds + 1, int.Parse(Environment.GetEnvironmentVariable("SEEDS") ?? "20000", CultureInfo.InvariantCulture), mustMeet: false);

    private static void Play(int from, int seeds, bool mustMeet)
    {
        int waited = 0, atOnce = 0, landedLate = 0;
        for (int seed = from; seed < from + seeds; seed++)
        {
            (bool Waited, bool AtOnce, bool LandedLate) met = VirtualWorld.Run(seed, StoryAsync);
            (waited, atOnce, landedLate) = (waited + (met.Waited ? 1 : 0), atOnce + (met.AtOnce ? 1 : 0), landedLate + (met.LandedLate ? 1 : 0));
        }

        if (mustMeet) Assert.That(new[] { waited, atOnce, landedLate }, Is.All.GreaterThan(5), "the simulation must meet what it is there for");
    }

    private static async Task<(bool Waited, bool AtOnce, bool LandedLate)> StoryAsync(VirtualWorld world)
    {
        string seed = $"seed {world.Seed}";
        Random chance = world.Chance("script");
        ChangeProcesses all = new(world);
        ModelTenant tenant = all.Tenant;
        (ChangeProcess first, ChangeProcess second) = (all.Start("A"), all.Start("B", knows: "A"));
        first.Tenant.Queue = _ => TimeSpan.FromSeconds(chance.Next(4) == 0 ? chance.Next(150) : 0);
        tenant.Faults = (_, _) => first.Process.IsDead ? WriteFault.None : chance.Next(6) switch
        {
            0 => WriteFault.LateAfterBroken,
            1 => WriteFault.AppliedThenSilence,
            2 => WriteFault.LostBroken,
            3 => WriteFault.LateInSilence,
            _ => WriteFault.None,
        };
        Task<RunResult> died = first.Runs.ChangeAsync(Request(1, Some.List(Phone(2) + ":mobile", Phone(3) + ":office")), default);
        await world.Delay(TimeSpan.FromSeconds(chance.NextDouble() * (chance.Next(2) == 0 ? 0.6 : 100)));
        bool ended = died.IsCompleted;
        first.Process.Kill();
        all.Dead = "A";
        TimeSpan killed = world.Elapsed;

        bool busy = false;
        DateTimeOffset? settledAt = null;
        while (true)
        {
            if (await second.After.SettleAsync(default) > 0) settledAt = world.Time.GetUtcNow();
            RunResult result = await second.Runs.ChangeAsync(Request(1, Some.List(Phone(5) + ":mobile")), default);
            if (result is RunResult.Done or RunResult.NothingToDo) break;
            Assert.That(result, Is.TypeOf<RunResult.Busy>(), seed);
            busy = true;
            await world.Delay(((RunResult.Busy)result).RetryAfter);
        }

        TimeSpan took = world.Elapsed - killed;
        if (await second.After.SettleAsync(default) > 0) settledAt = world.Time.GetUtcNow();
        await world.Delay(TimeSpan.FromMinutes(5));
        Assert.That(Fingerprint(tenant[Uid(1)].Now), Is.EqualTo(Fingerprint(Some.User.Mobile(Phone(5)))),
            $"{seed}: nothing of the first lands after the second");
        Assert.That(took, Is.LessThan(ChangeProcesses.RequestTimeout + TimeSpan.FromSeconds(10)), seed);
        Assert.That(await all.Store.SinglesAsync(unfinished: true, default).AnyAsync(), Is.False, $"{seed}: every change is settled");
        DateTimeOffset[] late = [.. all.AppliedBy("A").Where(at => at > world.Time.GetUtcNow() - (world.Elapsed - killed))];
        Assert.That(late, Is.All.LessThanOrEqualTo(settledAt ?? DateTimeOffset.MaxValue), $"{seed}: nothing lands after it was settled");
        return (busy, !ended && !busy, late.Length > 0);
    }
}
