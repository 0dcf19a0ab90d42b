using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.Stores;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;
using static ProvisioningConnector.Engine.Tests.Execution.Numbered;

namespace ProvisioningConnector.Engine.Tests.Runs;

/// <summary>Limit, canary, stop, and the brake for credentials that no longer serve.</summary>
public sealed class RunnerTests
{
    [TestCase(3, null, 3)]
    [TestCase(0, null, 0)]
    [TestCase(100, null, 20)]
    [TestCase(3, 10, 3)]
    [TestCase(10, 3, 10)]
    [TestCase(null, 5, 20)]
    public void Limit_starts_so_many_users_and_no_more_and_the_rest_is_resumable(int? limit, int? canary, int started) =>
        Run(new() { Limit = limit, Canary = canary }, _ => { }, async (tenant, head, store, goOn) =>
    {
        Assert.That(Written(tenant), Is.EqualTo(started));
        Assert.That(head.Outcome, Is.EqualTo(started < 20 ? RunOutcome.Interrupted : RunOutcome.Succeeded));
        Assert.That(head.Resumable, Is.EqualTo(started < 20));
        Assert.That(head.Outcomes, Is.EqualTo(new OutcomeCounts(Done: started, Skipped: 20 - started)));
        if (started == 20) return;
        RunHeader end = await goOn();
        Assert.That(end.Outcome, Is.EqualTo(RunOutcome.Succeeded));
        Assert.That(tenant.Writes, Has.Count.EqualTo(20), "nothing completed is written again");
    });

    [TestCase(WriteFault.Refused, false)]
    [TestCase(WriteFault.None, true)]
    [TestCase(WriteFault.AppliedThenSilence, true)]
    [TestCase(WriteFault.LostBroken, true)]
    public void The_others_go_only_when_all_canaries_are_done_and_verified(WriteFault fault, bool goes) => Run(
        new() { Canary = 4, UsersInFlight = 2 }, tenant => tenant.Faults = (uid, n) => uid == "id-2" && n == 0 ? fault : WriteFault.None,
        async (tenant, head, store, goOn) =>
    {
        Assert.That(Written(tenant), Is.EqualTo(goes ? 20 : 4));
        if (goes) return;
        Assert.That(head.Outcome, Is.EqualTo(RunOutcome.Interrupted));
        Assert.That(head.Diagnostics.Select(d => d.Code), Is.EqualTo(new[] { "canaryFailed" }));
        Assert.That((await goOn()).Outcome, Is.EqualTo(RunOutcome.Partial));
    });

    [Test]
    public void A_canary_that_could_not_be_verified_stops_the_others_too() => Run(
        new() { Canary = 4 }, tenant => tenant.Reading = new() { Lag = TimeSpan.FromMinutes(30) }, (tenant, head, _, _) =>
    {
        Assert.That(Written(tenant), Is.EqualTo(4));
        Assert.That(head.Outcome, Is.EqualTo(RunOutcome.Interrupted));
        return Task.CompletedTask;
    });

    [TestCase(20, RunOutcome.Partial)]
    [TestCase(19, RunOutcome.Succeeded)]
    public void A_run_of_which_no_read_shows_any_write_does_not_succeed(int unseen, RunOutcome outcome) => Run(
        new(), tenant => tenant.Reading = new()
        {
            Lag = TimeSpan.FromMinutes(30),
            Of = uid => int.Parse(uid[3..], System.Globalization.CultureInfo.InvariantCulture) < unseen
        }, (tenant, head, _, _) =>
    {
        Assert.That(head.Outcomes, Is.EqualTo(new OutcomeCounts(Done: 20)), "the service accepted them all");
        Assert.That(head.Outcome, Is.EqualTo(outcome));
        Assert.That(head.Diagnostics.Select(d => d.Code), Is.EqualTo(unseen == 20 ? new[] { "nothingVerified" } : []));
        return Task.CompletedTask;
    });

    [TestCase(ErrorKind.Unauthenticated, 401, true)]
    [TestCase(ErrorKind.Forbidden, 403, true)]
    [TestCase(ErrorKind.DisabledByPolicy, 403, false)]
    [TestCase(ErrorKind.Refused, 400, false)]
    public void Several_users_in_a_row_refused_for_the_credential_stop_the_run(ErrorKind kind, int status, bool stops) =>
        Run(new() { UsersInFlight = 1 }, _ => { }, (tenant, head, store, _) =>
    {
        Assert.That(head.Outcome, Is.EqualTo(stops ? RunOutcome.Failed : RunOutcome.Partial));
        Assert.That(tenant.Writes, Has.Count.EqualTo(stops ? 5 : 20));
        Assert.That(head.Resumable, Is.EqualTo(stops));
        Assert.That(head.Outcomes.Total, Is.EqualTo(20));
        return Task.CompletedTask;
    }, writer: t => new Refusing(t, _ => true, new ServiceError(kind, "PPx", "No.", Status: status)));

    [Test]
    public void Refused_users_with_others_between_them_are_their_own_business() => Run(new() { UsersInFlight = 1 }, _ => { }, (_, head, _, _) =>
    {
        Assert.That(head.Outcome, Is.EqualTo(RunOutcome.Partial));
        Assert.That((head.Outcomes.Done, head.Outcomes.Failed), Is.EqualTo((5L, 15L)));
        return Task.CompletedTask;
    }, writer: t => new Refusing(t, uid => int.Parse(uid[3..], System.Globalization.CultureInfo.InvariantCulture) % 4 != 0,
        new ServiceError(ErrorKind.Forbidden, "PP403", "Forbidden.", Status: 403)));

    [Test]
    public void A_tenant_that_cannot_be_worked_with_fails_the_run_which_stays_resumable() =>
        Run(new() { UsersInFlight = 3 }, _ => { }, async (tenant, head, _, goOn) =>
    {
        Assert.That(head.Outcome, Is.EqualTo(RunOutcome.Failed));
        Assert.That(head.Diagnostics.Single().Code, Is.EqualTo("PPtoken"));
        Assert.That((await goOn()).Outcome, Is.EqualTo(RunOutcome.Succeeded));
        Assert.That(tenant.Writes.Where(w => w.AppliedAt is not null).Select(w => w.Uid), Is.Unique);
    }, writer: t => new Throwing(t, "id-7"));

    [Test]
    public void The_account_of_a_resumed_run_is_of_all_its_parts([Values] bool killed) => VirtualWorld.Run(1, async world =>
    {
        ModelTenant tenant = new(world);
        for (int n = 0; n < 20; n++) tenant.Add(new($"id-{n}", $"u{n}@contoso.com"), CurrentMethods.Nothing);
        Planned planned = await Planned.MakeAsync(tenant,
            Enumerable.Range(0, 20).Select(n => Planned.Row(n, $"id-{n}", new() { Mobile = Managed.Value(Phone(n)) })), new(), world);
        MemoryRunStore store = new(world.Time);
        RunHeader run = new() { RunId = "run-1", Plan = planned.Head, StartedAt = world.Time.GetUtcNow() };
        await store.BeginAsync(run, planned.Spool.PlannedAsync(default), default);
        RunHeader first = await GoAsync(run, new() { Limit = 7, Used = () => new(40, 7, 1, 3.5, "slow", 0.9) });
        RunHeader again = (killed ? run : first) with { ResumedAt = [world.Time.GetUtcNow()] };

        RunHeader end = await GoAsync(again, new() { Used = () => new(26, 13, 2, 1, null, 0.8) });

        Assert.That(end.Used, Is.EqualTo(killed ? new Used(26, 20, 2, 1, null) : new Used(66, 20, 3, 4.5, "slow")));

        async Task<RunHeader> GoAsync(RunHeader which, RunSettings how)
        {
            using RunExecutor runner = new(store, new UserExecutor(tenant, tenant, store, world.Time, new()), world.Time, how, new Execution.QuietProgress());
            return await runner.RunAsync(which, TestAuthority.Create(which.RunId), default, default);
        }
    });

    private static int Written(ModelTenant tenant) => tenant.Writes.Select(w => w.Uid).Distinct().Count();

    private static void Run(RunSettings settings, Action<ModelTenant> prepare, Func<ModelTenant, RunHeader, MemoryRunStore, Func<Task<RunHeader>>, Task> look,
        Func<ModelTenant, IMethodsWriter>? writer = null) => VirtualWorld.Run(1, async world =>
    {
        ModelTenant tenant = new(world);
        for (int n = 0; n < 20; n++) tenant.Add(new($"id-{n}", $"u{n}@contoso.com"), CurrentMethods.Nothing);
        Planned planned = await Planned.MakeAsync(tenant,
            Enumerable.Range(0, 20).Select(n => Planned.Row(n, $"id-{n}", new() { Mobile = Managed.Value(Phone(n)) })), new(), world);
        prepare(tenant);
        MemoryRunStore store = new(world.Time);
        RunHeader run = new() { RunId = "run-1", Plan = planned.Head, StartedAt = world.Time.GetUtcNow() };
        await store.BeginAsync(run, planned.Spool.PlannedAsync(default), default);
        RunHeader head = await GoAsync(settings, writer?.Invoke(tenant) ?? tenant);
        await look(tenant, head, store, () => GoAsync(new(), tenant));

        async Task<RunHeader> GoAsync(RunSettings how, IMethodsWriter sending)
        {
            using RunExecutor runner = new(store, new UserExecutor(tenant, sending, store, world.Time, new()), world.Time, how, new Execution.QuietProgress());
            return await runner.RunAsync(run, TestAuthority.Create(run.RunId), default, default);
        }
    });

    private sealed class Refusing(ModelTenant tenant, Func<string, bool> whom, ServiceError error) : IMethodsWriter
    {
        public async ValueTask<WriteAnswer> SendAsync(WriteAuthority authority, Engine.Planning.Operation operation, CancellationToken cancellation)
        {
            tenant.Faults = (_, _) => whom(authority.Uid) ? WriteFault.Refused : WriteFault.None;
            WriteAnswer answer = await tenant.SendAsync(authority, operation, cancellation);
            return answer is WriteAnswer.Refused ? new WriteAnswer.Refused(answer.SentAt, error) : answer;
        }
    }

    private sealed class Throwing(ModelTenant tenant, string uid) : IMethodsWriter
    {
        public ValueTask<WriteAnswer> SendAsync(WriteAuthority authority, Engine.Planning.Operation operation, CancellationToken cancellation) =>
            authority.Uid == uid
                ? throw new TenantException(new ServiceError(ErrorKind.Unauthenticated, "PPtoken", "No token."))
                : tenant.SendAsync(authority, operation, cancellation);
    }
}
