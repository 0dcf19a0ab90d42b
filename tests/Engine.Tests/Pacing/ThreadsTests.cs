using ProvisioningConnector.Engine.Pacing;

namespace ProvisioningConnector.Engine.Tests.Pacing;

public sealed class ThreadsTests
{
    [Test]
    public async Task On_many_threads_every_call_is_let_through_once_and_never_too_many_together()
    {
        Pacer pacer = new Pacer(new QuotaSettings(ReadsPerSecond: 1e6, ReadBurst: 1e6, MaxInFlight: 5), TimeProvider.System);
        int together = 0;
        int most = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (int n = 0; n < 500; n++)
            {
                using CancellationTokenSource gone = new CancellationTokenSource();
                Task<PaceLease> other = pacer.AcquireAsync(CallKind.Read, 1, gone.Token).AsTask();
                if (n % 10 == worker) await gone.CancelAsync();
                try
                {
                    using PaceLease lease = await other;
                    int now = Interlocked.Increment(ref together);
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
        GateAccount account = pacer.Snapshot().Reads;
        Assert.That(most, Is.InRange(1, 5));
        Assert.That(account, Has.Property(nameof(GateAccount.InFlight)).EqualTo(0).And.Property(nameof(GateAccount.Waiting))
            .EqualTo(0).And.Property(nameof(GateAccount.Lost)).EqualTo(0));
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
