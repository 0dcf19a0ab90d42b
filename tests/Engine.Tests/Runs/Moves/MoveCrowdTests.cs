using System.Collections.Concurrent;
using System.Globalization;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Runs.Moves;

/// <summary>Many people with long chains, large circles, numbers that several are to get and writes that fail; everything is decided by the seed.</summary>
public sealed class MoveCrowdTests
{
    private static readonly WriteFault[] Faults = [.. Enum.GetValues<WriteFault>().Where(f => f is not (WriteFault.None or WriteFault.NotUnique))];

    [Test]
    public void In_200_crowds_no_one_loses_sms_sign_in() => Play(1, 200);

    [Test]
    [Explicit("Any number of crowds by command: SEEDS=1000 dotnet test tests/Engine.Tests --filter Many_more_crowds")]
    public void Many_more_crowds() =>
        Play(1_000, int.TryParse(Environment.GetEnvironmentVariable("SEEDS"), NumberStyles.None, CultureInfo.InvariantCulture, out int seeds) ? seeds : 1_000);

    private static void Play(int first, int seeds)
    {
        ConcurrentBag<string> broken = [];
        int circles = 0;
        Parallel.For(first, first + seeds, (seed, loop) =>
        {
            (string? law, int found) = VirtualWorld.Run(seed, LiveAsync);
            Interlocked.Add(ref circles, found);
            if (law is null) return;
            broken.Add($"seed {seed}: {law}");
            if (broken.Count >= 5) loop.Stop();
        });
        Assert.That(broken, Is.Empty);
        Assert.That(circles, Is.GreaterThan(seeds / 2), "the crowds must meet what they are there for");
    }

    private static async Task<(string? Broken, int Circles)> LiveAsync(VirtualWorld world)
    {
        Random chance = world.Chance("crowd");
        Person[] people = People(chance, 5 + chance.Next(60));
        MoveBench bench = new(world, people);
        bool isFaulty = chance.Next(2) == 0;
        if (isFaulty) bench.Tenant.Faults = (_, _) => chance.Next(6) == 0 ? Faults[chance.Next(Faults.Length)] : WriteFault.None;
        Applied run = await bench.ApplyAsync();
        string? broken = isFaulty ? MoveLaws.Lost(people, bench, run, isFaulty: true) : MoveLaws.Broken(people, bench, run);
        if (broken is not null || !isFaulty) return (broken, MoveLaws.Circles(people));
        bench.Tenant.Faults = (_, _) => WriteFault.None;
        await world.Delay(TimeSpan.FromMinutes(2));
        Applied second = await bench.ApplyAsync();
        broken = MoveLaws.Lost(people, bench, second, isFaulty: false);
        return (broken is null ? null : $"after the second run {broken}", MoveLaws.Circles(people));
    }

    /// <summary>Most keep among themselves to a permutation; some are to get what another one is to get, too.</summary>
    private static Person[] People(Random chance, int count)
    {
        int[] goals = [.. Enumerable.Range(0, count)];
        chance.Shuffle(goals);
        bool conflicts = chance.Next(3) == 0;
        return
        [
            .. Enumerable.Range(0, count).Select(n =>
            {
                SmsSignInState state = chance.Next(5) == 0 ? SmsSignInState.NotEnabled : SmsSignInState.Ready;
                Goal goal = chance.Next(40) switch
                {
                    0 => new Goal(null),
                    1 => default,
                    2 when conflicts => new Goal(chance.Next(count)),
                    _ => new Goal(goals[n]),
                };
                return new Person(n, state, goal);
            }),
        ];
    }
}
