using ProvisioningConnector.Host.Cli;

namespace ProvisioningConnector.Host.Tests.Cli;

/// <summary>After the first signal the process is gone in time, whatever it is doing.</summary>
public sealed class LastDeadlineTests
{
    [Test]
    public void The_process_is_ended_after_the_signal_and_killed_when_that_hangs()
    {
        using CancellationTokenSource stop = new();
        using ManualResetEventSlim ended = new();
        using ManualResetEventSlim killed = new();
        using ManualResetEventSlim never = new();
        LastDeadline.Arm(TimeSpan.Zero, () =>
        {
            ended.Set();
            never.Wait();
        }, killed.Set, stop.Token);

        Assert.That(ended.Wait(TimeSpan.FromMilliseconds(50)), Is.False, "Nothing happens before the signal.");
        stop.Cancel();

        Assert.That((ended.Wait(TimeSpan.FromSeconds(30)), killed.Wait(TimeSpan.FromSeconds(30))), Is.EqualTo((true, true)));
        never.Set();
    }

    [Test]
    public void What_stops_slowly_does_not_delay_it()
    {
        using CancellationTokenSource stop = new();
        using ManualResetEventSlim ended = new();
        using CancellationTokenRegistration slow = stop.Token.Register(() => ended.Wait(TimeSpan.FromSeconds(30)));
        LastDeadline.Arm(TimeSpan.Zero, ended.Set, static () => { }, stop.Token);

        stop.Cancel();

        Assert.That(ended.IsSet, Is.True);
    }
}
