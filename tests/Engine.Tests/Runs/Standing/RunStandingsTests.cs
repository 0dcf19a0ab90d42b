using Microsoft.Extensions.Time.Testing;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Standing;
using ProvisioningConnector.Engine.Tests.Execution;
using ProvisioningConnector.TestKit.Stores;

namespace ProvisioningConnector.Engine.Tests.Runs.Standing;

/// <summary>A head says that its run is running; the lease says whether it is, and the journal what became of it.</summary>
public sealed class RunStandingsTests
{
    private const int Users = 6;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private MemoryRunStore _store = null!;
    private MemoryLeases _leases = null!;
    private FakeTimeProvider _time = null!;

    [SetUp]
    public void Open() => (_store, _leases, _time) = (new(), new(), new(Start));

    [TearDown]
    public async Task Close() => await _store.DisposeAsync();

    [TestCase(null, false, 0, false, RunOutcome.Interrupted, Description = "no lease")]
    [TestCase("run-1", false, 0, false, RunOutcome.Running)]
    [TestCase("run-1", false, 119, false, RunOutcome.Running)]
    [TestCase("run-1", false, 120, false, RunOutcome.Interrupted, Description = "expired, wherever its process is")]
    [TestCase("run-1", true, 0, false, RunOutcome.Interrupted, Description = "given back")]
    [TestCase("run-1", false, 0, true, RunOutcome.Interrupted, Description = "its process is gone")]
    [TestCase("run-2", false, 0, false, RunOutcome.Interrupted, Description = "another run has the tenant")]
    public async Task A_run_runs_as_long_as_the_lease_says(string? holder, bool released, int seconds, bool gone, RunOutcome outcome)
    {
        RunHeader run = await BeginAsync();
        if (holder is not null) await _leases.TakeAsync(Lease(holder) with { ReleasedAt = released ? Start : null }, null, default);
        _time.Advance(TimeSpan.FromSeconds(seconds));

        RunHeader now = await Standings(_ => gone).OfAsync(run, default);

        bool left = outcome == RunOutcome.Interrupted;
        Assert.That((now.Outcome, now.Resumable), Is.EqualTo((outcome, left)));
        Assert.That(now.Diagnostics.Select(d => d.Code), Is.EqualTo(new[] { left ? RunStandings.ProcessGone : RunStandings.AtWork }));
        Assert.That(now.Outcomes, Is.EqualTo(left ? new OutcomeCounts(Done: 1, Failed: 1, Unknown: 1, Skipped: 3) : new OutcomeCounts(Done: 1, Failed: 1)));
        Assert.That(now.Operations,
            Is.EqualTo(left ? new OperationOutcomeCounts(Done: 3, Failed: 1, Unknown: 1, Skipped: 7) : new OperationOutcomeCounts(Done: 3,
                Failed: 1, Skipped: 1)));
        if (left) Assert.That((now.Outcomes.Total, now.Operations?.Total), Is.EqualTo((run.Plan.Summary.Changed, run.Plan.Summary.Operations.Total)),
            "the sums are the plan's");
    }

    [Test]
    public async Task What_ended_stands_as_it_ended([Values] RunOutcome outcome)
    {
        if (outcome == RunOutcome.Running) return;
        RunHeader run = await BeginAsync() with { Outcome = outcome, Outcomes = new(Done: Users), Operations = new(Done: 2 * Users) };
        Assert.That(await Standings().OfAsync(run, default), Is.SameAs(run));
    }

    [Test]
    public async Task What_an_earlier_version_left_half_way_is_counted_anew()
    {
        RunHeader run = await BeginAsync() with { Outcome = RunOutcome.Interrupted, Outcomes = new(Done: 1, Failed: 1, Skipped: 4) };
        Assert.That((await Standings().OfAsync(run, default)).Outcomes, Is.EqualTo(new OutcomeCounts(Done: 1, Failed: 1, Unknown: 1, Skipped: 3)));
    }

    [Test]
    public async Task A_run_that_ends_between_two_looks_is_not_called_left()
    {
        RunHeader run = await BeginAsync();
        await _store.UpdateAsync(run with { Outcome = RunOutcome.Succeeded, EndedAt = Start, Operations = new() }, default);
        Assert.That((await Standings().OfAsync(run, default)).Outcome, Is.EqualTo(RunOutcome.Succeeded));
    }

    [TestCase(0, RunOutcome.Running)]
    [TestCase(120, RunOutcome.Interrupted)]
    public async Task A_change_of_one_user_stands_as_the_lock_on_the_user_says(int seconds, RunOutcome outcome)
    {
        RunHeader run = await BeginAsync(RunKind.OneUser);
        await _leases.AcquireAsync(new UserLock("Tenant-1", "id-0", "facade", null, Start.AddMinutes(2)), Start, default);
        _time.Advance(TimeSpan.FromSeconds(seconds));
        RunHeader now = await Standings().OfAsync(run, default);
        Assert.That((now.Outcome, now.Resumable), Is.EqualTo((outcome, false)), "'resume' is for runs");
    }

    [TestCase("99", RunOutcome.Interrupted)]
    [TestCase("100", RunOutcome.Running)]
    public async Task A_change_of_one_user_whose_process_is_gone_is_not_at_work_though_its_lock_stands(string start, RunOutcome outcome)
    {
        RunHeader run = await BeginAsync(RunKind.OneUser);
        UserLock held = new("Tenant-1", "id-0", "facade", null, Start.AddMinutes(2)) { Process = new HolderProcess("host-1", "boot", 4711, start) };
        await _leases.AcquireAsync(held, Start, default);
        Assert.That((await Standings(holder => holder.ProcessStart == "99").OfAsync(run, default)).Outcome, Is.EqualTo(outcome));
    }

    [Test]
    public async Task What_is_left_is_what_is_not_settled_and_nothing_else()
    {
        await BeginAsync();
        LeftOver left = await LeftOver.OfAsync(_store.UsersAsync("run-1", default), default);
        Assert.That(left, Is.EqualTo(new LeftOver(4, new OperationCounts(Add: 4, Delete: 3))), "one delete of the user who was begun is done");
    }

    /// <summary>id-0 is done, id-1 failed, of id-2 the delete is done and the add on its way, the others wait.</summary>
    private async Task<RunHeader> BeginAsync(RunKind kind = RunKind.Run)
    {
        PlannedUser[] users = [.. Enumerable.Range(0, Users).Select(Planned)];
        RunHeader run = RunSamples.Head(PlanningPolicy.Default, new Summary { Changed = Users, Operations = new(Add: Users, Delete: Users) },
            Start) with
        { Kind = kind };
        await _store.BeginAsync(run, RunSamples.Stream(users), default);
        await TellAsync(users[0], OperationOutcome.Done, OperationOutcome.Done);
        await TellAsync(users[1], OperationOutcome.Failed, OperationOutcome.Skipped);
        await _store.IntentAsync("run-1", "id-2", 0, users[2].Plan.Operations[0], Start, default);
        await _store.OutcomeAsync("run-1", "id-2", 0, new(users[2].Plan.Operations[0], OperationOutcome.Done, Start), default);
        await _store.IntentAsync("run-1", "id-2", 1, users[2].Plan.Operations[1], Start, default);
        return run;
    }

    private async Task TellAsync(PlannedUser user, params OperationOutcome[] outcomes) => await _store.UserAsync(
        "run-1", user.User?.Uid ?? "",
        new UserResult { Operations = [.. user.Plan.Operations.Zip(outcomes, (o, outcome) => new OperationResult(o, outcome, Start))] }, default);

    private static PlannedUser Planned(int number)
    {
        CurrentMethods before = CurrentMethods.Nothing with { Office = CurrentSlot.From(Numbered.Phone(number)) };
        UserPlan plan = new()
        {
            Situation = Situation.Changed, MethodsBefore = 1, MethodsAfter = 1,
            Operations = [new Operation.DeletePhone(PhoneType.Office, before.Office, Reason.NotWanted),
                new Operation.AddPhone(PhoneType.Mobile, Numbered.Phone(number), Reason.Missing)],
        };
        return new PlannedUser(Runs.Planned.Row(number, $"u{number}@contoso.com", new()), new DirectoryUser($"id-{number}", $"u{number}@contoso.com"),
            before, plan);
    }

    private RunStandings Standings(Func<HolderProcess, bool>? isGone = null) => new(_store, _leases, _leases, isGone ?? (_ => false), _time);

    private static LeaseRecord Lease(string runId) => new()
    {
        TenantId = "TENANT-1", Epoch = 1, Since = Start, HeartbeatAt = Start, Until = Start.AddMinutes(2),
        Duration = TimeSpan.FromMinutes(2), RequestTimeout = TimeSpan.FromSeconds(70),
        Holder = new LeaseHolder("ann", "host-1", "boot", 4711, "99", "1.0", runId),
    };
}
