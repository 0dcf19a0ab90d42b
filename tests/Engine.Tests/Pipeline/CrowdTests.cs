using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.Pipeline;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;
using static ProvisioningConnector.Engine.Tests.Pipeline.ChangeBench;

namespace ProvisioningConnector.Engine.Tests.Pipeline;

/// <summary>Many who change at once, and processes that die.</summary>
public sealed class CrowdTests
{
    [Test]
    public void A_broken_mapping_that_sends_empty_lists_for_thousands_of_users_deletes_no_more_than_the_limit() => VirtualWorld.Run(async world =>
    {
        const int users = 6_000;
        ChangeBench bench = new(world, s => s with { Limits = new GuardrailLimits { MaxDeletes = new Limit(50, null), MaxLastPhone = Limit.None } });
        for (int i = 0; i < users; i++) bench.With(i, Some.User.Mobile(Phone(1)).Office(Phone(2)).With(MethodKind.Fido2));
        Dictionary<Type, int> results = [];
        foreach (int[] hundred in Enumerable.Range(0, users).Chunk(100))
        {
            foreach (RunResult result in await Task.WhenAll(hundred.Select(i => bench.ChangeAsync(i,
                Some.List())))) results[result.GetType()] = results.GetValueOrDefault(result.GetType()) + 1;
        }

        Assert.That(bench.Tenant.Writes.Count(w => w.AppliedAt is not null), Is.LessThanOrEqualTo(150).And.GreaterThanOrEqualTo(50),
            "MaxDeletes is 50 within an hour and a day, 150 within a week");
        Assert.That(bench.Tenant.Writes.Where(w => w.SentAt < world.Time.GetUtcNow().AddDays(-6)).Count(), Is.LessThanOrEqualTo(50));
        Assert.That(results.Keys, Is.EquivalentTo(new[] { typeof(RunResult.Done), typeof(RunResult.OverLimit) }));
        Assert.That(bench.Tenant.Users.Count(u => u.Now.PhoneCount == 1), Is.Zero, "no user is left half changed");
    });

    [Test]
    public void An_approver_opens_the_limit_for_a_number() => VirtualWorld.Run(async world =>
    {
        ChangeBench bench = new(world, s => s with { Limits = s.Limits with { MaxDeletes = new Limit(2, null) } });
        for (int i = 0; i < 9; i++) bench.With(i, Some.User.Mobile(Phone(1)).With(MethodKind.Fido2));
        await bench.Windows.OpenAsync(new LimitOverride("o", "tenant-1", WindowMeasure.Deletes,
            3, world.Time.GetUtcNow(), world.Time.GetUtcNow().AddHours(1), "bob", "leavers"), default);
        RunResult[] results = await Task.WhenAll(Enumerable.Range(0, 9).Select(i => bench.ChangeAsync(i, Some.List())));
        Assert.That(results.Count(r => r is RunResult.Done), Is.EqualTo(5));
        Assert.That(results.OfType<RunResult.OverLimit>().First().Refusal.Message,
            Does.Contain("MaxDeletes allows 2 within 1 hour").And.Contain("--allow deletes=NUMBER"));
    });

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Two_hundred_changers_of_20_users_under_a_condition_lose_no_update(int seed) => VirtualWorld.Run(seed, async world =>
    {
        ChangeBench bench = new(world);
        Random chance = world.Chance("changers");
        for (int i = 0; i < 20; i++) bench.With(i, Some.User.Mobile(Phone(1000)));
        (int User, string Seen, RunResult Result)[] done = await Task.WhenAll(Enumerable.Range(0, 200).Select(async n =>
        {
            await bench.WaitAsync(TimeSpan.FromMilliseconds(chance.Next(3_000)));
            string seen = Fingerprint(bench.Now(n % 20));
            return (n % 20, seen, await bench.Runs.ChangeAsync(Request(n % 20, Some.Desired.Mobile(Phone(n))) with { Condition = As(seen) }, default));
        }));
        for (int user = 0; user < 20; user++)
        {
            string[] history = [.. bench.Tenant[Uid(user)].History.Select(Fingerprint)];
            string[] replaced = [.. done.Where(d => d.User == user && d.Result is RunResult.Done).Select(d => d.Seen)];
            Assert.That(replaced, Is.EquivalentTo(history[..^1]), "each change replaced the state its maker had seen, and no state was replaced twice");
            Assert.That(history, Has.Length.GreaterThan(1));
        }

        Assert.That(done.Select(d => d.Result), Has.All.TypeOf<RunResult.Done>().Or.TypeOf<RunResult.ConditionFailed>());
        Assert.That(bench.Tenant.MostOverlapping, Is.EqualTo(1));
    });

    [TestCase(1)]
    [TestCase(2)]
    public void Two_hundred_changers_of_20_users_without_a_condition_are_served_in_order(int seed) => VirtualWorld.Run(seed, async world =>
    {
        ChangeBench bench = new(world);
        for (int i = 0; i < 20; i++) bench.With(i, Some.User.Mobile(Phone(1000)));
        List<Task<RunResult>> changes = [];
        for (int n = 0; n < 200; n++) changes.Add(bench.ChangeAsync(n % 20, Some.Desired.Mobile(Phone(n))));
        Assert.That(await Task.WhenAll(changes), Has.All.TypeOf<RunResult.Done>());
        for (int user = 0; user < 20; user++)
        {
            Assert.That(bench.Tenant[Uid(user)].History.Skip(1).Select(h => h.Mobile.FullText()),
                Is.EqualTo(Enumerable.Range(0, 10).Select(k => Phone(user + (20 * k)))));
        }
    });

    [Test]
    public void Changes_that_add_to_what_is_there_add_up() => VirtualWorld.Run(async world =>
    {
        ChangeBench bench = new ChangeBench(world).With(1, Some.User);
        Func<CurrentMethods, DesiredChange> add(PhoneType slot) => _ =>
            new DesiredChange.Valid(Some.Desired.With(slot, Managed.Value(Some.Number(Phone((int)slot)))));
        await Task.WhenAll(Enum.GetValues<PhoneType>().Select(slot => bench.Runs.ChangeAsync(Request(1, Some.Desired) with { Desired = add(slot) }, default)));
        Assert.That(bench.Now(1).PhoneCount, Is.EqualTo(3));
    });

    [TestCase(CrashPoint.BeforeIntent, false)]
    [TestCase(CrashPoint.AfterIntent, false)]
    [TestCase(CrashPoint.BeforeOutcome, true)]
    [TestCase(CrashPoint.AfterOutcome, true)]
    [TestCase(CrashPoint.BeforeResult, true)]
    public void A_change_whose_process_died_is_found_again_and_a_repeat_completes_it(CrashPoint point, bool applied) => VirtualWorld.Run(async world =>
    {
        ChangeBench bench = new ChangeBench(world).With(1, Some.User.Mobile(Phone(1)));
        (bench.Crash, bench.Dead) = (new CrashPlan(point), true);
        Assert.That(await ErrorOf(() => bench.ChangeAsync(1, Some.Desired.Mobile(Phone(2)))), Is.TypeOf<CrashException>());
        (bench.Crash, bench.Dead) = (CrashPlan.Never, false);
        InterruptedChanges after = new(bench.Ports, bench.Settings with { Holder = "facade-2" });
        Assert.That(await after.SettleAsync(default), Is.Zero, "the dead one's lock has not ended: its request may still land");
        await bench.WaitAsync(bench.Settings.LockDuration);
        Assert.That(await after.SettleAsync(default), Is.EqualTo(1));
        RunHeader run = (await bench.SinglesAsync()).Single();
        OperationOutcome outcome = (await bench.Store.UsersAsync(run.RunId, default).SingleAsync()).Result!.Operations.Single().Outcome;
        Assert.That(outcome, Is.EqualTo(applied ? OperationOutcome.Done : point == CrashPoint.AfterIntent
            ? OperationOutcome.Unknown : OperationOutcome.Skipped));
        Assert.That((await bench.SinglesAsync(unfinished: true)).Length, Is.Zero);
        Assert.That(await after.SettleAsync(default), Is.Zero);
        Assert.That(await bench.ChangeAsync(1, Some.Desired.Mobile(Phone(2))), applied ? Is.TypeOf<RunResult.NothingToDo>() : Is.TypeOf<RunResult.Done>());
        Assert.That(bench.Now(1).Mobile.FullText(), Is.EqualTo(Phone(2)));
    });
}
