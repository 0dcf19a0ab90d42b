using System.Collections.Concurrent;
using System.Globalization;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Simulation;

/// <summary>
/// Whole runs in virtual time with everything going wrong that can: writes that are lost, late, applied without an answer, refused; replicas
/// behind; users changed or deleted meanwhile; processes killed, paused beyond their lease, declared dead while they live, cut off from the
/// store; power cuts that tear the last records off; clocks that are set. One seed is one saga.
/// </summary>
public sealed class SagaSimulation
{
    [Test]
    public void Nothing_is_lost_and_nothing_done_twice_in_10000_runs_full_of_incidents() => Play(1, 10_000);

    [Test]
    [Explicit("Any number of seeds by command: SEEDS=1000000 FROM=10001 dotnet test tests/Engine.Tests --filter Nothing_is_lost_in_any_number_of_runs")]
    public void Nothing_is_lost_in_any_number_of_runs() => Play(Number("FROM", 10_001), Number("SEEDS", 100_000));

    private static void Play(int first, int seeds)
    {
        ConcurrentBag<string> broken = [];
        int lateWrites = 0, takeOvers = 0;
        Parallel.For(first, first + seeds, (seed, loop) =>
        {
            (string? law, int late, int processes) = Live(seed);
            Interlocked.Add(ref lateWrites, late);
            if (processes > 1) Interlocked.Increment(ref takeOvers);
            if (law is null) return;
            broken.Add(law);
            if (broken.Count >= 10) loop.Stop();
        });
        Assert.That(broken, Is.Empty);
        if (seeds >= 1_000) Assert.That((lateWrites > 5, takeOvers > seeds / 4), Is.EqualTo((true, true)), "the simulation must meet what it is there for");
    }

    /// <summary>A saga that stands still, or ends in an unexpected exception, breaks a law too.</summary>
    private static (string? Broken, int Late, int Processes) Live(int seed)
    {
        List<string> reported = [];
        try
        {
            return VirtualWorld.Run(seed, world => LiveAsync(world, reported));
        }
        catch (Exception problem) when (problem is VirtualDeadlockException or InvalidOperationException)
        {
            return ($"seed {seed}: {problem.Message} | {string.Join(" | ", reported)}", 0, 0);
        }
    }

    private static async Task<(string? Broken, int Late, int Processes)> LiveAsync(VirtualWorld world, List<string> reported)
    {
        Saga saga = new(world);
        await new SagaScript(saga, reported).PlayAsync();
        RunHeader? run = await saga.Store.FindRunAsync(Saga.RunId, default);
        saga.Tenant.Reading = new ReadManner();
        string? broken = run is null ? "there is no run" : new SagaLaws(saga, run, await saga.UsersAsync(), await saga.PlanAsync()).Broken();
        return (broken is null ? null : $"seed {world.Seed}: {broken} | {string.Join(" | ", reported)}", saga.Late.Count(), saga.Processes.Count);
    }

    private static int Number(string name, int standard) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : standard;
}
