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

namespace ProvisioningConnector.Engine.Tests.Execution;

/// <summary>A user whose first write still waits for its turn when the signal comes has not begun.</summary>
public sealed class WithdrawalTests
{
    private const int Users = 4;

    [Test]
    public void Users_who_have_begun_are_finished_and_first_writes_that_wait_are_withdrawn() => VirtualWorld.Run(async world =>
    {
        ModelTenant tenant = new(world);
        PlannedUser[] users = [.. Enumerable.Range(0, Users).Select(n => Add(tenant, n))];
        MemoryRunStore store = new(world.Time);
        RunHeader head = RunSamples.Head(PlanningPolicy.Default,
            Enumerable.Range(0, Users).Aggregate(new Summary(), static (sum, _) => sum.Plus(Situation.Changed)), world.Time.GetUtcNow());
        await store.BeginAsync(head, RunSamples.Stream(users), default);
        using CancellationTokenSource stop = new();
        tenant.BeforeSend = (_, _) => stop.Cancel();

        RunHeader stopped = await GoAsync(world, tenant, store, head, stop.Token);

        int[] written = [.. users.Select(u => tenant.Writes.Count(w => w.Uid == u.User?.Uid)).Order()];
        RunUser[] after = [.. await store.UsersAsync(head.RunId, default).ToListAsync()];
        Assert.That((stopped.Outcome, stopped.Outcomes.Done), Is.EqualTo((RunOutcome.Interrupted, 1L)));
        Assert.That(written, Is.EqualTo(new[] { 0, 0, 0, 2 }), "one is finished, no user is left between two operations");
        Assert.That(after.Where(u => u.Result is null),
            Has.Exactly(Users - 1).Items.And.All.Matches<RunUser>(static u => u is { OpenIntents.IsEmpty: true, Recorded.IsEmpty: true }),
            "as if they had never begun");
        tenant.BeforeSend = (_, _) => { };
        DateTimeOffset again = world.Time.GetUtcNow();
        RunHeader resumed = await GoAsync(world, tenant, store, stopped with { ResumedAt = [again], Outcome = RunOutcome.Running }, default);
        Assert.That((resumed.Outcome, tenant.Writes.Count), Is.EqualTo((RunOutcome.Succeeded, 2 * Users)), "nothing twice");
        Assert.That(world.Time.GetUtcNow() - again, Is.LessThan(TimeSpan.FromSeconds(30)), "nothing is on its way that must be waited for");
    });

    private static async Task<RunHeader> GoAsync(VirtualWorld world, ModelTenant tenant, MemoryRunStore store, RunHeader run, CancellationToken stop)
    {
        UserExecutor executor = new(tenant, new OneAtATime(world, tenant), store, world.Time, new ExecutorSettings());
        using RunExecutor runner = new(store, executor, world.Time, new RunSettings(), new QuietProgress());
        return await runner.RunAsync(run, TestAuthority.Create(run.RunId), stop, default);
    }

    private static PlannedUser Add(ModelTenant tenant, int n)
    {
        DirectoryUser account = new($"id-{n}", $"u{n}@contoso.com", $"User {n}");
        CurrentMethods now = Some.User.Mobile($"+1 206555010{n}");
        DesiredMethods desired = Some.List($"+1 206555020{n}:mobile", $"+1 206555030{n}:office");
        tenant.Add(account, now);
        SourceRow row = new(n, new Place("people.csv", n + 2), account.Uid, new UserKey(UserKeyKind.Name, account.Uid), desired, null, []);
        return new PlannedUser(row, account, now, Planner.Plan(new PlanRequest(now, desired, PlanningPolicy.Default, Account.From(account), Holds.None)));
    }

    /// <summary>A connection with one slot: who comes later waits, and demands the authority when it is their turn.</summary>
    private sealed class OneAtATime(VirtualWorld world, IMethodsWriter inner) : IMethodsWriter
    {
        private Task _last = Task.CompletedTask;

        public async ValueTask<WriteAnswer> SendAsync(WriteAuthority authority, Operation operation, CancellationToken cancellation)
        {
            Task before = _last;
            TaskCompletionSource mine = new();
            _last = mine.Task;
            try
            {
                await before;
                await world.Delay(TimeSpan.FromSeconds(1), cancellation);
                authority.Demand();
                return await inner.SendAsync(authority, operation, cancellation);
            }
            finally
            {
                mine.SetResult();
            }
        }
    }
}
