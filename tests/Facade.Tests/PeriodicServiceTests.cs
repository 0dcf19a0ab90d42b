using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ProvisioningConnector.Facade.Hosting;

namespace ProvisioningConnector.Facade.Tests;

/// <summary>What the service does beside its requests.</summary>
public sealed class PeriodicServiceTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    [Test]
    public async Task A_turn_that_fails_keeps_no_other_from_coming()
    {
        FakeTimeProvider time = new();
        using WorkInFlight work = new(NullLogger<WorkInFlight>.Instance);
        using Turns turns = new(work, time);

        await turns.StartAsync(default);
        await turns.NextAsync();
        time.Advance(Interval);
        await turns.NextAsync();

        Assert.That(turns.ExecuteTask?.IsCompleted, Is.False);
        await turns.StopAsync(default);
        Assert.That(turns.ExecuteTask?.IsCompletedSuccessfully, Is.True);
    }

    [Test]
    public async Task No_turn_comes_after_the_signal_to_stop()
    {
        FakeTimeProvider time = new();
        using WorkInFlight work = new(NullLogger<WorkInFlight>.Instance);
        using Turns turns = new(work, time);
        await turns.StartAsync(default);
        await turns.NextAsync();

        work.Stop();

        Assert.That(async () => await (turns.ExecuteTask ?? Task.CompletedTask), Throws.Nothing);
        Assert.That(turns.ExecuteTask?.IsCompletedSuccessfully, Is.True);
    }

    [Test]
    public async Task The_service_looks_after_runs_interrupted_changes_and_the_watchdog()
    {
        await using Rig rig = await Rig.StartAsync();

        Assert.That(rig.Server.Services.GetServices<IHostedService>().Select(static service => service.GetType()),
            Is.SupersetOf(new[] { typeof(LastRuns), typeof(Settling), typeof(Watchdog) }));
    }

    [Test]
    public async Task Work_that_fails_is_waited_for_like_any_other()
    {
        using WorkInFlight work = new(NullLogger<WorkInFlight>.Instance);
        TaskCompletionSource failing = new(TaskCreationOptions.RunContinuationsAsynchronously);
        work.Start(() => failing.Task);
        work.Start(static () => throw new InvalidOperationException("at once"));

        Task<DrainEnd> drained = work.DrainAsync(Interval, new FakeTimeProvider());
        Assert.That((work.Count, drained.IsCompleted), Is.EqualTo((1, false)));
        failing.SetException(new InvalidOperationException("later"));

        Assert.That((await drained, work.Count), Is.EqualTo((DrainEnd.Finished, 0)));
    }

    private sealed class Turns(WorkInFlight work, TimeProvider time) : PeriodicService(Interval, work, time, NullLogger.Instance)
    {
        private readonly SemaphoreSlim _taken = new(0);

        protected override bool BeginsAtOnce => true;

        public Task NextAsync() => _taken.WaitAsync();

        public override void Dispose()
        {
            base.Dispose();
            _taken.Dispose();
        }

        protected override Task RunOnceAsync(CancellationToken cancellation)
        {
            _taken.Release();
            throw new InvalidOperationException("This turn fails.");
        }
    }
}
