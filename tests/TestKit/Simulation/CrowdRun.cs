using ProvisioningConnector.Engine.Concurrency;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs;
using ProvisioningConnector.TestKit.Pacing;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.TestKit.Simulation;

/// <summary>The whole reconciler (plan maker, runner, executor, pacer) over a crowd in virtual time.</summary>
/// <param name="Users">Rows and users of the tenant.</param>
/// <param name="Settings">The configured ceilings.</param>
/// <param name="Reads">The real quota of reads.</param>
/// <param name="Writes">The real quota of writes.</param>
/// <param name="Manner">How the service answers.</param>
public sealed record CrowdRun(int Users, QuotaSettings Settings, Func<IModelQuota> Reads, Func<IModelQuota> Writes, ServiceManner Manner)
{
    /// <summary>Every so manieth user is to be written once.</summary>
    public int ChangedEvery { get; init; } = 1;

    /// <summary>Users who are to be written.</summary>
    public int Changed => (Users + ChangedEvery - 1) / ChangedEvery;

    /// <summary>How long a write takes to show in reads.</summary>
    public TimeSpan ReadLag { get; init; }

    /// <summary>Sees the account every ten seconds of virtual time; for looking at a run.</summary>
    public Action<double, PacingAccount>? Watch { get; init; }

    /// <summary>Runs it in a world with this seed.</summary>
    public CrowdResult Run(int seed) => VirtualWorld.Run(seed, async world =>
    {
        Crowd crowd = new(Users, ChangedEvery);
        Pacer pacer = new(Settings, world.Time);
        ModelService service = new(world, Reads(), Writes(), Manner);
        CrowdTenant tenant = new(world, crowd, pacer, service) { ReadLag = ReadLag };
        CrowdSpool spool = new(crowd);
        CrowdRunStore store = new(crowd);
        using ITimer? watch = Watch is null
            ? null : world.Time.CreateTimer(_ => Watch(world.Elapsed.TotalSeconds, pacer.Snapshot()), null, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));

        PlanSettings planning = new();
        PlanHeader plan = await new PlanBuilder(tenant, tenant, spool, planning, Silence.Instance).MakeAsync(Draft(world), Rows(crowd), CancellationToken.None);
        double planned = world.Elapsed.TotalSeconds;
        long callsToPlan = tenant.ReadCalls;

        RunHeader run = new() { RunId = "run", Plan = plan, StartedAt = world.Time.GetUtcNow() };
        await store.BeginAsync(run, spool.PlannedAsync(CancellationToken.None), CancellationToken.None);
        RunSettings running = new() { MayBegin = preparing => pacer.WantsMore(CallKind.Write, preparing) };
        UserExecutor executor = new(new CoalescedReads(tenant), tenant, store, world.Time, new ExecutorSettings());
        using RunExecutor runner = new(store, executor, world.Time, running, Silence.Instance);
        RunHeader ended = await runner.RunAsync(run, TestAuthority.Create(run.RunId), CancellationToken.None, CancellationToken.None);
        return new CrowdResult(this, seed)
        {
            Makespan = world.Elapsed.TotalSeconds,
            PlanSeconds = planned,
            CallsToPlan = callsToPlan,
            LowerBound = CrowdLowerBound.From(this),
            Calls = service.Calls,
            Refused = service.Refused,
            Outcome = ended.Outcome,
            Outcomes = ended.Outcomes,
            Verified = store.Verified,
            WrittenTwice = crowd.WrittenTwice,
            Account = pacer.Snapshot(),
        };
    });

    private static PlanHeader Draft(VirtualWorld world) => new()
    {
        PlanId = "plan",
        CreatedAt = world.Time.GetUtcNow(),
        ToolVersion = "simulation",
        Actor = "simulation",
        Tenant = new TenantIdentity("crowd", "crowd", "Global", IsSandbox: true),
        Origin = new PlanOrigin.Source(),
        Source = new SourceIdentity("crowd.csv", null, 0, false),
        Policy = PlanningPolicy.Default,
        Limits = new GuardrailLimits(),
    };

    private static async IAsyncEnumerable<SourceRow> Rows(Crowd crowd)
    {
        await Task.CompletedTask;
        for (int user = 0; user < crowd.Count; user++) yield return Crowd.Row(user);
    }

    private sealed class Silence : IRunProgress
    {
        public static Silence Instance { get; } = new();

        public void Begin(RunStep runStep, long? total, long done = 0)
        {
        }

        public void Advance(RunStep runStep, long count)
        {
        }

        public void Skip(RunStep runStep, long count)
        {
        }

        public void Finish()
        {
        }
    }
}
