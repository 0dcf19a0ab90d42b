using System.Globalization;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Locking;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.Leases;
using ProvisioningConnector.TestKit.Stores;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;
using static ProvisioningConnector.Engine.Tests.Pipeline.Desk;

namespace ProvisioningConnector.Engine.Tests.Pipeline;

/// <summary>Seeded: a process that changes a user is killed at any moment, with requests that wait for quota and land late; another one takes over.</summary>
public sealed class TakeOverSimulation
{
    private const int Seeds = 400;
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(70);

    [Test]
    public void Whoever_takes_over_from_a_process_that_is_gone_has_the_last_word_and_waits_no_longer_than_a_request_may_take() =>
        Play(1, Seeds, mustMeet: true);

    [Test]
    [Explicit("Any number of seeds by command: SEEDS=100000 dotnet test tests/Engine.Tests --filter Many_more_seeds_of_take_overs")]
    public void Many_more_seeds_of_take_overs() =>
        Play(Seeds + 1, int.Parse(Environment.GetEnvironmentVariable("SEEDS") ?? "20000", CultureInfo.InvariantCulture), mustMeet: false);

    private static void Play(int from, int seeds, bool mustMeet)
    {
        int waited = 0, atOnce = 0, landedLate = 0;
        for (int seed = from; seed < from + seeds; seed++)
        {
            (bool Waited, bool AtOnce, bool LandedLate) met = VirtualWorld.Run(seed, StoryAsync);
            (waited, atOnce, landedLate) = (waited + (met.Waited ? 1 : 0), atOnce + (met.AtOnce ? 1 : 0), landedLate + (met.LandedLate ? 1 : 0));
        }

        if (mustMeet) Assert.That(new[] { waited, atOnce, landedLate }, Is.All.GreaterThan(5), "the simulation must meet what it is there for");
    }

    private static async Task<(bool Waited, bool AtOnce, bool LandedLate)> StoryAsync(VirtualWorld world)
    {
        string seed = $"seed {world.Seed}";
        Random chance = world.Chance("script");
        ModelTenant tenant = new(world) { RequestTimeout = RequestTimeout };
        tenant.Add(new DirectoryUser(Uid(1), "u1@contoso.com", "User 1"), Some.User.Mobile(Phone(1)));
        MemoryRunStore store = new();
        Shop shop = new(world, tenant, store, new MemoryLeases { MayBeOnTheWay = store.MayBeOnTheWay });
        (Stall first, Stall second) = (shop.Open("A", null), shop.Open("B", "A"));
        first.Tenant.Queue = _ => TimeSpan.FromSeconds(chance.Next(4) == 0 ? chance.Next(150) : 0);
        tenant.Faults = (_, _) => first.Process.IsDead ? WriteFault.None : chance.Next(6) switch
        {
            0 => WriteFault.LateAfterBroken, 1 => WriteFault.AppliedThenSilence, 2 => WriteFault.LostBroken, 3 => WriteFault.LateInSilence,
            _ => WriteFault.None,
        };
        Task<ChangeResult> died = first.Flow.ChangeAsync(Request(1, Some.List(Phone(2) + ":mobile", Phone(3) + ":office")), default);
        await world.Delay(TimeSpan.FromSeconds(chance.NextDouble() * (chance.Next(2) == 0 ? 0.6 : 100)));
        bool ended = died.IsCompleted;
        first.Process.Kill();
        shop.Dead = "A";
        TimeSpan killed = world.Elapsed;

        bool busy = false;
        DateTimeOffset? settledAt = null;
        while (true)
        {
            if (await second.After.SettleAsync(default) > 0) settledAt = world.Time.GetUtcNow();
            ChangeResult result = await second.Flow.ChangeAsync(Request(1, Some.List(Phone(5) + ":mobile")), default);
            if (result is ChangeResult.Done or ChangeResult.NothingToDo) break;
            Assert.That(result, Is.TypeOf<ChangeResult.Busy>(), seed);
            busy = true;
            await world.Delay(((ChangeResult.Busy)result).RetryAfter);
        }

        TimeSpan took = world.Elapsed - killed;
        if (await second.After.SettleAsync(default) > 0) settledAt = world.Time.GetUtcNow();
        await world.Delay(TimeSpan.FromMinutes(5));
        Assert.That(Fingerprint(tenant[Uid(1)].Now), Is.EqualTo(Fingerprint(Some.User.Mobile(Phone(5)))),
            $"{seed}: nothing of the first lands after the second");
        Assert.That(took, Is.LessThan(RequestTimeout + TimeSpan.FromSeconds(10)), seed);
        Assert.That(await store.SinglesAsync(unfinished: true, default).AnyAsync(), Is.False, $"{seed}: every change is settled");
        DateTimeOffset[] late = [.. shop.AppliedBy("A").Where(at => at > world.Time.GetUtcNow() - (world.Elapsed - killed))];
        Assert.That(late, Is.All.LessThanOrEqualTo(settledAt ?? DateTimeOffset.MaxValue), $"{seed}: nothing lands after it was settled");
        return (busy, !ended && !busy, late.Length > 0);
    }

    /// <summary>One tenant and one store that all processes share.</summary>
    private sealed class Shop(VirtualWorld world, ModelTenant tenant, MemoryRunStore store, MemoryLeases leases)
    {
        private readonly List<CheckedWrite> _log = [];
        private readonly MemoryWriteWindows _windows = new();

        public string? Dead { get; set; }

        public Stall Open(string name, string? knows)
        {
            ModelProcess process = new(world, name);
            ProcessTenant mine = new(process, tenant, _log);
            ProcessLeases locks = new(process, leases);
            ChangePorts ports = new()
            {
                Directory = tenant, Reads = mine, Writer = mine, Store = new ProcessRunStore(process, store, []),
                Locks = new UserLocking(locks, locks, holder => knows is not null && Dead == knows && holder.ProcessStart == knows, process.Time),
                Leases = locks, Windows = _windows, Time = process.Time,
            };
            int ids = 0;
            ChangeSettings settings = new()
            {
                Tenant = new TenantIdentity("contoso", "tenant-1", "Global", true), Holder = name, Process = process.Holder(name), ToolVersion = "1.0",
                NewId = kind => string.Create(CultureInfo.InvariantCulture, $"{kind}{name}{++ids}"),
                RequireApproval = ApprovalRule.Never, Execution = new ExecutorSettings { RequestTimeout = RequestTimeout },
                Limits = new GuardrailLimits { MaxDeletes = Limit.None, MaxUpdates = Limit.None, MaxAdds = Limit.None, MaxLastPhone = Limit.None },
                Policy = PlanningPolicy.Default,
            };
            return new Stall(process, mine, new OneUserFlow(ports, settings, default), new InterruptedChanges(ports, settings));
        }

        /// <summary>When requests of a process changed the user.</summary>
        public IEnumerable<DateTimeOffset> AppliedBy(string name) =>
            _log.Zip(tenant.Writes).Where(pair => pair.First.By == name).Select(pair => pair.Second.AppliedAt).OfType<DateTimeOffset>();
    }

    private sealed record Stall(ModelProcess Process, ProcessTenant Tenant, OneUserFlow Flow, InterruptedChanges After);
}
