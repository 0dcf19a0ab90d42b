using ProvisioningConnector.Engine.Pacing;

namespace ProvisioningConnector.Engine.Tests.Pacing;

public sealed class ThreadsTests
{
    [Test]
    public async Task On_many_threads_every_call_is_let_through_once_and_never_too_many_together()
    {
        var pacer = new Pacer(new QuotaSettings(ReadsPerSecond: 1e6, ReadBurst: 1e6, MaxInFlight: 5), TimeProvider.System);
        var together = 0;
        var most = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (var n = 0; n < 500; n++)
            {
                using var gone = new CancellationTokenSource();
                var other = pacer.AcquireAsync(CallKind.Read, 1, gone.Token).AsTask();
                if (n % 10 == worker) await gone.CancelAsync();
                try
                {
                    using var lease = await other;
                    var now = Interlocked.Increment(ref together);
                    InterlockedMax(ref most, now);
                    await Task.Yield();
                    Interlocked.Decrement(ref together);
                    lease.Succeeded();
                }
                catch (OperationCanceledException)
                {
                    // Gone before its turn: nothing to give back.
                }
            }
        })));
        var account = pacer.Snapshot().Reads;
        Assert.That(most, Is.InRange(1, 5));
        Assert.That(account, Has.Property(nameof(GateAccount.InFlight)).EqualTo(0).And.Property(nameof(GateAccount.Waiting)).EqualTo(0).And.Property(nameof(GateAccount.Lost)).EqualTo(0));
        Assert.That(account.Calls, Is.InRange(3_600, 4_000));
    }

    private static void InterlockedMax(ref int place, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref place)) < value && Interlocked.CompareExchange(ref place, value, seen) != seen)
        {
        }
    }
}
