using System.Runtime.ExceptionServices;

namespace ProvisioningConnector.TestKit.VirtualTime;

/// <summary>
/// A small world with its own clock and its own single thread: what runs in it sees hours pass in milliseconds, and the same seed gives
/// the same run. Timers and continuations run in order of virtual time; the seed decides among those that are due together.
/// </summary>
/// <remarks>
/// Code inside must reach time only through <see cref="Time"/> and must await plainly (no <c>ConfigureAwait(false)</c>, no <c>Task.Run</c>):
/// what leaves for the thread pool comes back at a moment the seed does not decide.
/// </remarks>
public sealed class VirtualWorld
{
    private readonly VirtualAgenda _agenda;

    private VirtualWorld(int seed)
    {
        Seed = seed;
        _agenda = new VirtualAgenda(seed);
        Time = new VirtualTimeProvider(_agenda);
    }

    /// <summary>The number that decides everything that is left to chance in this world.</summary>
    public int Seed { get; }

    /// <summary>The world's clock; begins at 2026-01-01T00:00:00Z.</summary>
    public VirtualTimeProvider Time { get; }

    /// <summary>Virtual time since the world began.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(_agenda.Now);

    /// <summary>A source of chance of its own, the same for the same seed and the same name.</summary>
    public Random Chance(string name) => new(StableHash.Compute(name, Seed));

    /// <summary>Waits in virtual time.</summary>
    public Task Delay(TimeSpan time, CancellationToken cancellation = default) => Task.Delay(time, Time, cancellation);

    /// <summary>Runs <paramref name="life"/> to its end. A failure names the seed on standard output and is thrown unchanged.</summary>
    /// <exception cref="VirtualDeadlockException">Nothing can run any more and no timer is set, but the life has not ended.</exception>
    public static T Run<T>(int seed, Func<VirtualWorld, Task<T>> life)
    {
        ArgumentNullException.ThrowIfNull(life);
        VirtualWorld world = new VirtualWorld(seed);
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(world._agenda);
        try
        {
            Task<T> task = life(world);
            world._agenda.RunUntil(task);
            return task.GetAwaiter().GetResult();
        }
        catch (Exception problem)
        {
            Console.WriteLine($"virtual world with seed {seed} failed at {world.Elapsed} of virtual time: {problem.GetType().Name}");
            ExceptionDispatchInfo.Throw(problem);
            throw;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <inheritdoc cref="Run{T}(int, Func{VirtualWorld, Task{T}})"/>
    public static void Run(int seed, Func<VirtualWorld, Task> life)
    {
        ArgumentNullException.ThrowIfNull(life);
        Run(seed, async world =>
        {
            await life(world);
            return true;
        });
    }

    /// <summary>Runs with seed 1.</summary>
    public static void Run(Func<VirtualWorld, Task> life) => Run(1, life);
}
