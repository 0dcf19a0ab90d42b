using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Tests.Runs.Incremental;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Runs.Memory;

/// <summary>What is held night after night becomes a finding (docs/design.md#held-for-nights).</summary>
public sealed class HeldNightsTests
{
    private const int User = 5;
    private static readonly TimeSpan Night = TimeSpan.FromDays(1);

    [Test]
    public void A_hold_is_a_finding_from_the_configured_night_on(
        [Values(null, "none", "1", "3")] string? configured, [Values] bool isRemoval, [Values] bool incremental) => VirtualWorld.Run(async world =>
    {
        NightBench bench = Bench(world, isRemoval, configured);
        int? most = configured switch { null => isRemoval ? 7 : null, "none" => null, var n => int.Parse(n, null) };
        for (int night = 0; night < 10; night++)
        {
            // As of another night now and then, somewhat earlier or later.
            await world.Delay(Night + TimeSpan.FromHours(night % 2 == 0 ? 3 : -3));
            PlanHeader plan = await bench.PlanAsync(incremental);
            HeldPart shown = Held(bench);
            RunHeader? run = await bench.ApplyAsync(incremental);

            bool isFinding = night >= most;
            Assert.That((Held(bench).Standing, Held(bench).HeldFor), Is.EqualTo((!isFinding, isFinding ? night : (int?)null)), $"night {night}");
            Assert.That(shown, Is.EqualTo(Held(bench)), "a plan shows what the run will report");
            Assert.That((plan.Summary.HeldNotStanding, run?.Outcome), Is.EqualTo(isFinding ? (1L, RunOutcome.Partial) : (0L, RunOutcome.Succeeded)));
        }
    });

    [Test]
    public void Nights_begin_anew_when_the_part_was_not_held_and_when_a_removal_takes_its_place([Values] bool isLifted) => VirtualWorld.Run(async world =>
    {
        NightBench bench = Bench(world, isRemoval: isLifted, "3");
        for (int night = 0; night < 5; night++) await NightAsync(world, bench);
        Assert.That(Held(bench).HeldFor, Is.EqualTo(4));

        bench.Want(User, isLifted ? Some.Desired.Mobile(NightBench.Number(User, 0)) : Some.Desired.Mobile("none"));
        if (isLifted) await NightAsync(world, bench);
        bench.Want(User, Some.Desired.Mobile("none"));
        for (int night = 0; night < 4; night++)
        {
            await NightAsync(world, bench);
            Assert.That(Held(bench).HeldFor, Is.EqualTo(night < 3 ? null : 3), $"night {night}");
        }
    });

    [Test]
    public void Plans_that_were_not_applied_count_no_night() => VirtualWorld.Run(async world =>
    {
        NightBench bench = Bench(world, isRemoval: true, "1");
        for (int night = 0; night < 3; night++)
        {
            await world.Delay(Night);
            await bench.PlanAsync();
            Assert.That(Held(bench).HeldFor, Is.Null);
        }
    });

    [Test]
    public void A_plan_that_a_guardrail_makes_again_says_the_same() => VirtualWorld.Run(async world =>
    {
        NightBench bench = Bench(world, isRemoval: true, "1");
        bench.Want(User, Some.Desired.Mobile("none").Email("u@example.com"));
        bench.Limits = bench.Limits with { MaxAdds = new Limit(0, null), OnBreach = BreachPolicy.Withhold };
        await NightAsync(world, bench);
        await NightAsync(world, bench);

        Assert.That(bench.LastUsers.Single().Plan.Held.Select(h => (h.Code, h.HeldFor)),
            Is.EqualTo(new (string, int?)[] { (HoldCodes.LastMethod, 1), (HoldCodes.MaxAdds, null) }));
    });

    /// <summary>A user whose only method is to go, or whose number is to change where existing values stay.</summary>
    private static NightBench Bench(VirtualWorld world, bool isRemoval, string? nights)
    {
        PlanningPolicy policy = PlanningPolicy.Default with { Overwrite = isRemoval ? OverwritePolicy.Always : OverwritePolicy.WhenEmpty };
        if (nights is not null) policy = policy with { HeldIsFinding = HeldNights.From(nights == "none" ? null : int.Parse(nights, null)) };
        NightBench bench = new(world, 10) { WatchesDrift = true, Policy = policy };
        bench.Want(User, Some.Desired.Mobile(isRemoval ? "none" : NightBench.Number(User, 1)));
        return bench;
    }

    private static async Task NightAsync(VirtualWorld world, NightBench bench)
    {
        await world.Delay(Night);
        await bench.ApplyAsync();
    }

    private static HeldPart Held(NightBench bench) => bench.LastUsers.Single(u => u.User?.Uid == NightBench.Uid(User)).Plan.Held.Single();
}
