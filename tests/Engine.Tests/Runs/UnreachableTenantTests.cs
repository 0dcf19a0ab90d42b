using System.Collections.Immutable;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.Stores;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;
using static ProvisioningConnector.Engine.Tests.Execution.Numbered;

namespace ProvisioningConnector.Engine.Tests.Runs;

/// <summary>When nothing reaches the tenant (no login, no network, a gateway in its place), users are left to <c>resume</c> and get no final result.</summary>
public sealed class UnreachableTenantTests
{
    private static ServiceError NoLogin { get; } = new(ErrorKind.NoConnection, "PP111", "No access token could be obtained.", "Check the network.");

    private static ServiceError Gateway { get; } = new(ErrorKind.UnreadableAnswer, "PP108", "Something other than Microsoft Graph answered.",
        "Check the proxy.", 403);

    [TestCase(3)]
    [TestCase(200)]
    public void A_run_without_a_login_settles_no_user_and_can_be_resumed(int users) => Run(users, async bench =>
    {
        RunHeader head = await bench.GoAsync(new Way(bench.Tenant) { Reads = _ => NoLogin });
        Assert.That((head.Outcome, head.Resumable), Is.EqualTo((RunOutcome.Interrupted, true)));
        Assert.That(head.Outcomes, Is.EqualTo(new OutcomeCounts(Skipped: users)));
        Assert.That(await bench.SettledAsync(), Is.Zero);
        Assert.That(await bench.Quarantines.FindAsync("tenant-1", default), Is.Null);

        RunHeader again = await bench.GoAsync(new Way(bench.Tenant));
        Assert.That((again.Outcome, again.Outcomes), Is.EqualTo((RunOutcome.Succeeded, new OutcomeCounts(Done: users))));
        Assert.That(bench.Tenant.Writes, Has.Count.EqualTo(users), "nothing is written twice");
    });

    [Test]
    public void An_outage_of_the_login_that_passes_costs_no_user([Values(10, 50, 250)] int seconds) => Run(200, async bench =>
    {
        DateTimeOffset from = bench.Now.AddSeconds(1);
        RunHeader head = await bench.GoAsync(new Way(bench.Tenant)
        {
            Reads = _ => bench.Now >= from && bench.Now < from.AddSeconds(seconds) ? NoLogin : null,
            Patience = TimeSpan.FromSeconds(10)
        });
        Assert.That((head.Outcome, head.Outcomes), Is.EqualTo((RunOutcome.Succeeded, new OutcomeCounts(Done: 200))));
    }, inFlight: 4);

    [Test]
    public void Writes_of_many_users_that_found_no_login_are_left_to_resume_too() => Run(60, async bench =>
    {
        RunHeader head = await bench.GoAsync(new Way(bench.Tenant) { Writes = _ => new WriteAnswer.NotSent(bench.Now, NoLogin) });
        Assert.That((head.Outcome, head.Outcomes), Is.EqualTo((RunOutcome.Interrupted, new OutcomeCounts(Skipped: 60))));
        Assert.That(head.Operations?.Unknown, Is.Zero, "what never left is not in doubt");
        Assert.That(await bench.SettledAsync(), Is.Zero);
        Assert.That((await bench.GoAsync(new Way(bench.Tenant))).Outcome, Is.EqualTo(RunOutcome.Succeeded));
    });

    [Test]
    public void A_gateway_that_answers_all_writes_stops_the_run_without_a_quarantine([Values(60, 2000)] int users) => Run(users, async bench =>
    {
        DateTimeOffset from = bench.Now;
        RunHeader head = await bench.GoAsync(new Way(bench.Tenant) { Writes = _ => new WriteAnswer.Ambiguous(bench.Now, Gateway) });
        Assert.That((head.Outcome, head.Resumable), Is.EqualTo((RunOutcome.Interrupted, true)));
        Assert.That(head.Diagnostics.Select(d => d.Code), Is.EqualTo(new[] { "tenantNotReached" }));
        Assert.That(head.Diagnostics[0].Message, Does.Contain(Gateway.Message).And.Contain(Gateway.Advice).And.EndWith("resume the run."));
        Assert.That(bench.Now - from, Is.LessThan(TimeSpan.FromMinutes(3)));
        Assert.That(head.Outcomes.Failed + await bench.SettledAsync(), Is.Zero, "what is in doubt stays open");
        Assert.That(await bench.Quarantines.FindAsync("tenant-1", default), Is.Null);
        Assert.That((await bench.GoAsync(new Way(bench.Tenant))).Outcomes, Is.EqualTo(new OutcomeCounts(Done: users)));
    }, inFlight: 1024);

    [Test]
    public void A_gateway_that_answers_some_writes_stops_nothing() => Run(100, async bench =>
    {
        RunHeader head = await bench.GoAsync(new Way(bench.Tenant)
        {
            Writes = uid => int.Parse(uid[3..],
            System.Globalization.CultureInfo.InvariantCulture) % 10 == 0 ? null : new WriteAnswer.Ambiguous(bench.Now, Gateway), Healed = 1
        });
        Assert.That((head.Outcome, head.Outcomes), Is.EqualTo((RunOutcome.Succeeded, new OutcomeCounts(Done: 100))));
    });

    // Of a hundred users, in their order: the first so many are accepted, the following ones refused, the rest accepted.
    [TestCase(ErrorKind.Forbidden, 0, 4, false)]
    [TestCase(ErrorKind.Forbidden, 0, 5, true)]
    [TestCase(ErrorKind.Forbidden, 1, 5, false)]
    [TestCase(ErrorKind.Forbidden, 1, 30, false)]
    [TestCase(ErrorKind.Unauthenticated, 0, 4, false)]
    [TestCase(ErrorKind.Unauthenticated, 0, 5, true)]
    [TestCase(ErrorKind.Unauthenticated, 1, 4, false)]
    [TestCase(ErrorKind.Unauthenticated, 1, 5, true)]
    public void Five_users_refused_in_a_row_stop_a_run_a_403_only_before_anything_was_accepted(ErrorKind kind, int accepted, int refused, bool stops) =>
        Run(100, async bench =>
    {
        ServiceError error = new(kind, "PP999", "No.", "Ask.");
        RunHeader head = await bench.GoAsync(new Way(bench.Tenant)
        {
            Writes = uid => int.Parse(uid[3..], System.Globalization.CultureInfo.InvariantCulture) - accepted is var at && at >= 0 && at < refused
                ? new WriteAnswer.Refused(bench.Now, error) : null,
        });

        Assert.That(head.Outcome, Is.EqualTo(stops ? RunOutcome.Failed : RunOutcome.Partial));
        Assert.That(head.Outcomes, Is.EqualTo(stops ? new OutcomeCounts(Done: accepted, Failed: 5, Skipped: 95 - accepted)
            : new OutcomeCounts(Done: 100 - refused, Failed: refused)));
        Assert.That((await bench.Quarantines.FindAsync("tenant-1", default))?.Code, Is.EqualTo(stops ? TenantQuarantine.AuthenticationProblem : null));
    }, inFlight: 1);

    private static void Run(int users, Func<ChangeBench, Task> play, int inFlight = 64) => VirtualWorld.Run(1, async world =>
    {
        ModelTenant tenant = new(world);
        for (int n = 0; n < users; n++) tenant.Add(new($"id-{n}", $"u{n}@contoso.com"), CurrentMethods.Nothing);
        Planned planned = await Planned.MakeAsync(tenant,
            Enumerable.Range(0, users).Select(n => Planned.Row(n, $"id-{n}", new() { Mobile = Managed.Value(Phone(n)) })), new(), world);
        MemoryRunStore store = new();
        RunHeader run = new() { RunId = "run-1", Plan = planned.Head, StartedAt = world.Time.GetUtcNow() };
        await store.BeginAsync(run, planned.Spool.PlannedAsync(default), default);
        await play(new ChangeBench(world, tenant, store, run, inFlight));
    });

    private sealed class ChangeBench(VirtualWorld world, ModelTenant tenant, MemoryRunStore store, RunHeader run, int inFlight)
    {
        public ModelTenant Tenant => tenant;

        public MemoryQuarantines Quarantines { get; } = new();

        public DateTimeOffset Now => world.Time.GetUtcNow();

        public async Task<RunHeader> GoAsync(Way way)
        {
            way.World = world;
            using RunExecutor runner = new(store, new UserExecutor(way, way, store, world.Time, new()),
                world.Time, new RunSettings { UsersInFlight = inFlight }, new Execution.QuietProgress(), Quarantines);
            return await runner.RunAsync(run, TestAuthority.Create(run.RunId), default, default);
        }

        public async Task<int> SettledAsync() => await store.UsersAsync(run.RunId, default).CountAsync(user => user.Result is not null);
    }

    /// <summary>The way to the tenant, with what stands in it.</summary>
    private sealed class Way(ModelTenant tenant) : IMethodsReader, IMethodsWriter
    {
        private readonly Dictionary<string, int> _writes = [];

        public VirtualWorld? World { get; set; }

        /// <summary>How long a read waits before it fails.</summary>
        public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(2);

        public Func<string, ServiceError?> Reads { get; init; } = _ => null;

        public Func<string, WriteAnswer?> Writes { get; init; } = _ => null;

        /// <summary>Writes of a user that are answered so; later ones get through.</summary>
        public int Healed { get; init; } = int.MaxValue;

        public async ValueTask<ImmutableArray<MethodsReading>> ReadAsync(ImmutableArray<UserRead> users, CancellationToken cancellation)
        {
            if (Reads(users[0].Uid) is not { } error) return await tenant.ReadAsync(users, cancellation);
            await Pause();
            return [.. users.Select(_ => new MethodsReading.Failed(error))];
        }

        public ValueTask<DefaultMethod> ReadDefaultAsync(string uid, CancellationToken cancellation) => tenant.ReadDefaultAsync(uid, cancellation);

        public async ValueTask<WriteAnswer> SendAsync(WriteAuthority authority, Operation operation, CancellationToken cancellation)
        {
            string uid = authority.Uid;
            int number = _writes[uid] = _writes.GetValueOrDefault(uid) + 1;
            if (number > Healed || Writes(uid) is not { } answer) return await tenant.SendAsync(authority, operation, cancellation);
            await Pause();
            return answer;
        }

        private Task Pause() => World?.Delay(Patience) ?? Task.CompletedTask;
    }
}
