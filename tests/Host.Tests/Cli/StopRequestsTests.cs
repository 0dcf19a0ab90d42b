using Microsoft.Extensions.Time.Testing;
using ProvisioningConnector.Host.Cli;

namespace ProvisioningConnector.Host.Tests.Cli;

/// <summary>Which signals ask to stop, and which to stop at once.</summary>
public sealed class StopRequestsTests
{
    [TestCase(0.0)]
    [TestCase(0.2)]
    [TestCase(0.999)]
    public async Task A_second_signal_within_a_second_is_the_same_signal(double seconds)
    {
        FakeTimeProvider time = new();
        await using StopRequests requests = new(time);

        Assert.That(requests.Receive(), Is.False);
        time.Advance(TimeSpan.FromSeconds(seconds));
        Assert.That(requests.Receive(), Is.False);

        Assert.That((requests.Stop.IsCancellationRequested, requests.AtOnce.IsCancellationRequested), Is.EqualTo((true, false)));
    }

    [TestCase(1.0)]
    [TestCase(60.0)]
    public async Task A_signal_after_a_second_stops_at_once(double seconds)
    {
        FakeTimeProvider time = new();
        await using StopRequests requests = new(time);

        requests.Receive();
        requests.Receive();
        time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.That(requests.Receive(), Is.True);
        Assert.That(requests.AtOnce.IsCancellationRequested, Is.True);
    }

    [Test]
    public async Task The_first_signal_is_acknowledged_once_and_before_anything_stops()
    {
        FakeTimeProvider time = new();
        await using StopRequests requests = new(time);
        List<bool> stopped = [];
        requests.Acknowledge = () => stopped.Add(requests.Stop.IsCancellationRequested);

        requests.Receive();
        time.Advance(TimeSpan.FromSeconds(5));
        requests.Receive();

        Assert.That(stopped, Is.EqualTo(new[] { false }));
    }
}
