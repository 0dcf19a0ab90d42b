using System.Net;
using Microsoft.Extensions.Time.Testing;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;

namespace ProvisioningConnector.Facade.Tests;

/// <summary>The back-off in virtual time, and addresses.</summary>
public sealed class BackOffTests
{
    [Test]
    public void Each_failure_beyond_the_free_ones_doubles_the_pause_up_to_five_minutes()
    {
        FakeTimeProvider time = new();
        LoginThrottle throttle = new(time);
        List<double> pauses = [];
        for (int i = 0; i < 20; i++)
        {
            throttle.Failed("a", "k");
            pauses.Add(throttle.Pause("a", "k").TotalSeconds);
        }

        Assert.That(pauses, Is.EqualTo(new double[] { 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 300, 300, 300, 300 }));
        time.Advance(TimeSpan.FromSeconds(299));
        Assert.That(throttle.Pause("a", "k"), Is.EqualTo(TimeSpan.FromSeconds(1)));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(throttle.Pause("a", "k"), Is.EqualTo(TimeSpan.Zero));
        time.Advance(TimeSpan.FromMinutes(15));
        Assert.That(throttle.Failed("a", "k"), Is.EqualTo(1), "what was quiet for long is forgotten");
    }

    [Test]
    public void Failures_at_one_address_say_nothing_about_the_same_key_at_another()
    {
        LoginThrottle throttle = new(new FakeTimeProvider());
        for (int i = 0; i < 100; i++) throttle.Failed("a", "k");

        Assert.That((throttle.Pause("b", "k"), throttle.PauseOf("a", "other")), Is.EqualTo((TimeSpan.Zero, TimeSpan.Zero)));
    }

    [Test]
    public void It_remembers_no_more_than_its_bound()
    {
        LoginThrottle throttle = new(new FakeTimeProvider());
        for (int i = 0; i < 3 * LoginThrottle.Most; i++) throttle.Failed($"a{i}", $"k{i}");

        // Each failure makes two entries: of the address, and of the key there.
        int known = (3 * LoginThrottle.Most) - (LoginThrottle.Most / 2);
        Assert.That(throttle.Failed($"a{known}", $"k{known}"), Is.EqualTo(2));
        Assert.That(throttle.Failed($"a{known - 1}", $"k{known - 1}"), Is.EqualTo(1));
    }

    [TestCase("2001:db8::1", "2001:db8::/64")]
    [TestCase("2001:db8::ffff:1", "2001:db8::/64")]
    [TestCase("::ffff:10.0.0.1", "10.0.0.1")]
    [TestCase("10.0.0.1", "10.0.0.1")]
    public void One_customer_is_one_place(string address, string place) => Assert.That(LoginThrottle.Place(IPAddress.Parse(address)), Is.EqualTo(place));

    [TestCase("10.0.0.0/8", "10.255.0.1", true)]
    [TestCase("10.1.2.3/8", "10.255.0.1", true)]
    [TestCase("10.0.0.0/8", "11.0.0.1", false)]
    [TestCase("10.0.0.0/8", "::ffff:10.0.0.1", true)]
    [TestCase("10.0.0.7", "10.0.0.7", true)]
    [TestCase("10.0.0.7", "10.0.0.8", false)]
    [TestCase("2001:db8::/32", "2001:db8:1::1", true)]
    [TestCase("0.0.0.0/0", "10.0.0.8", true)]
    [TestCase("0.0.0.0/0", "::1", false)]
    public void A_list_of_addresses_is_kept_to(string network, string address, bool allowed)
    {
        Assert.That(ApiKey.TryReadNetwork(network, out IPNetwork known), Is.True);
        Assert.That(known.Contains(IPAddress.Parse(address) is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : IPAddress.Parse(address)),
            Is.EqualTo(allowed));
    }

    [TestCase("10")]
    [TestCase("10.0.0.0/33")]
    [TestCase("10.0.0.0/-1")]
    [TestCase("10.0.0.0/8/8")]
    [TestCase("example.com")]
    [TestCase("")]
    public void What_is_no_network_is_refused(string text) => Assert.That(ApiKey.TryReadNetwork(text, out _), Is.False);

    [Test]
    public void The_rights_that_cannot_be_taken_back_must_be_named()
    {
        Assert.That(Rights.Standard, Has.None.EqualTo(Right.Remove).And.None.EqualTo(Right.Password).And.None.EqualTo(Right.Tap)
            .And.None.EqualTo(Right.Readiness));
        Assert.That(Rights.All.Select(r => r.Name()),
            Is.EqualTo(new[] { "read", "readFull", "plan", "phones", "email", "remove", "smsSignIn", "password", "tap", "approve", "audit",
                "liveSync", "readiness" }));
    }
}
