using System.Collections.Concurrent;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Runs.Moves;

/// <summary>
/// All small worlds: two and three people over three numbers, up to renaming of numbers, with every state of SMS sign-in and everything that a source may
/// say. What must come of them is worked out independently (<see cref="MoveLaws"/>).
/// </summary>
public sealed class MoveEnumerationTests
{
    private static readonly SmsSignInState[] ReadyOrNot = [SmsSignInState.Ready, SmsSignInState.NotEnabled];
    private static readonly WriteFault[] Faults = [.. Enum.GetValues<WriteFault>().Where(f => f is not (WriteFault.None or WriteFault.NotUnique))];

    [Test]
    public void Two_people_get_what_is_possible_and_lose_nothing() => Check(
        Person.Groups(Person.All(3, [.. ReadyOrNot, SmsSignInState.NotAllowedByPolicy], [null, true, false]), 2), IsRight);

    [Test]
    public void Three_people_get_what_is_possible_and_lose_nothing() => Check(Person.Groups(Person.All(3, ReadyOrNot, [null]), 3), IsRight);

    [Test]
    public void Two_people_lose_nothing_in_silence_whatever_becomes_of_a_write() => Check(
        from people in Person.Groups(Person.All(3, [SmsSignInState.Ready], [null]), 2)
        from fault in Faults
        from victim in (int[])[0, 1]
        from nth in (int[])[0, 1]
        select new Accident(people, fault, victim, nth), IsHarmless);

    [Test]
    public void Three_people_of_whom_some_exchange_numbers_lose_nothing_in_silence_whatever_becomes_of_a_write() => Check(
        from people in Person.Groups(Person.All(3, [SmsSignInState.Ready], [null]), 3)
        where MoveLaws.Circles(people) > 0
        from fault in Faults
        from victim in (int[])[0, 1, 2]
        from nth in (int[])[0, 1]
        select new Accident(people, fault, victim, nth), IsHarmless);

    private static string? IsRight(Person[] people) => VirtualWorld.Run(1, async world =>
    {
        MoveBench bench = new(world, people);
        return MoveLaws.Broken(people, bench, await bench.ApplyAsync());
    });

    /// <summary>After the first run with a fault and a second one without, everybody has what is possible.</summary>
    private static string? IsHarmless(Accident world) => VirtualWorld.Run(1, async virtualWorld =>
    {
        MoveBench bench = new(virtualWorld, world.People);
        bench.Tenant.Faults = (uid, n) => uid == MoveBench.Uid(world.Victim) && n == world.Nth ? world.Fault : WriteFault.None;
        string? broken = MoveLaws.Lost(world.People, bench, await bench.ApplyAsync(), isFaulty: true);
        if (broken is not null) return broken;
        bench.Tenant.Faults = (_, _) => WriteFault.None;
        await virtualWorld.Delay(TimeSpan.FromMinutes(2));
        Applied second = await bench.ApplyAsync();
        broken = MoveLaws.Lost(world.People, bench, second, isFaulty: false);
        if (broken is not null) return $"after the second run {broken}";
        return MoveLaws.AreTogetherPossible(world.People) && !second.Succeeded ? $"the second run ended {second.Run.Outcome}" : null;
    });

    private static void Check<T>(IEnumerable<T> worlds, Func<T, string?> law)
    {
        ConcurrentBag<string> broken = [];
        int count = 0;
        Parallel.ForEach(worlds, (world, loop) =>
        {
            Interlocked.Increment(ref count);
            if (law(world) is not { } one) return;
            broken.Add($"{one}: {Describe(world)}");
            if (broken.Count >= 10) loop.Stop();
        });
        Assert.That(broken.Order(StringComparer.Ordinal), Is.Empty);
        Assert.That(count, Is.GreaterThan(1_000));
    }

    private static string Describe<T>(T world) => world is Person[] people ? string.Join(" ", people.Select(p => p.ToString())) : $"{world}";

    /// <summary>Something happens to one write of one person.</summary>
    private sealed record Accident(Person[] People, WriteFault Fault, int Victim, int Nth)
    {
        public override string ToString() => $"{Describe(People)}, {Fault} of write {Nth} of {Victim}";
    }
}
