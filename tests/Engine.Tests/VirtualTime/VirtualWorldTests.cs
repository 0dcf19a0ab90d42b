using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.VirtualTime;

public sealed class VirtualWorldTests
{
    [Test]
    public void Timers_run_in_order_of_virtual_time_whatever_the_order_they_were_set_in()
    {
        List<int> seen = new List<int>();
        VirtualWorld.Run(7, async world => await Task.WhenAll(new[] { 30, 10, 50, 20, 40 }.Select(async hour =>
        {
            await world.Delay(TimeSpan.FromHours(hour));
            Assert.That(world.Elapsed, Is.EqualTo(TimeSpan.FromHours(hour)));
            seen.Add(hour);
        })));
        Assert.That(seen, Is.EqualTo(new[] { 10, 20, 30, 40, 50 }));
    }

    [Test]
    public void One_seed_gives_one_run_and_another_seed_another()
    {
        string once = Race(3);
        string again = Race(3);
        Assert.That(again, Is.EqualTo(once));
        Assert.That(Enumerable.Range(1, 5).Select(Race).Distinct().Count(), Is.GreaterThan(1));
    }

    [Test]
    public void A_world_in_which_nothing_can_happen_any_more_says_so_with_its_seed()
    {
        VirtualDeadlockException? problem = Assert.Throws<VirtualDeadlockException>(() => VirtualWorld.Run(42, _ => new TaskCompletionSource().Task));
        Assert.That(problem!.Seed, Is.EqualTo(42));
        Assert.That(problem.Message, Does.Contain("seed 42"));
    }

    [Test]
    public void Hundreds_of_thousands_of_timers_are_no_problem() => VirtualWorld.Run(1, async world =>
    {
        await Task.WhenAll(Enumerable.Range(0, 200_003).Select(n => world.Delay(TimeSpan.FromSeconds(1 + n * 7919L % 200_003))));
        Assert.That(world.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(200_003)));
    });

    [Test]
    public void A_disposed_timer_does_not_fire_and_a_periodic_one_fires_until_then() => VirtualWorld.Run(1, async world =>
    {
        int ticks = 0;
        await using (world.Time.CreateTimer(_ => ticks++, null, TimeSpan.FromSeconds(1),
            TimeSpan.FromSeconds(1))) await world.Delay(TimeSpan.FromSeconds(10.5));
        await world.Delay(TimeSpan.FromSeconds(100));
        Assert.That(ticks, Is.EqualTo(10));
    });

    [Test]
    public void A_failure_inside_comes_out_unchanged() =>
        Assert.That(() => VirtualWorld.Run(5, async world =>
        {
            await world.Delay(TimeSpan.FromHours(1));
            throw new InvalidDataException("as it was");
        }), Throws.TypeOf<InvalidDataException>().With.Message.EqualTo("as it was"));

    private static string Race(int seed) => VirtualWorld.Run(seed, async world =>
    {
        List<int> order = new List<int>();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(async n =>
        {
            await Task.Yield();
            await world.Delay(TimeSpan.FromSeconds(1));
            order.Add(n);
        }));
        return string.Join(",", order);
    });
}
