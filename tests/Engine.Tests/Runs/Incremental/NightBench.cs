using System.Collections.Immutable;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs;
using ProvisioningConnector.Engine.Runs.Drift;
using ProvisioningConnector.Engine.Runs.Incremental;
using ProvisioningConnector.Engine.Runs.Memory;
using ProvisioningConnector.Engine.Runs.Retry;
using ProvisioningConnector.Engine.Tests.Execution;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.Stores;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Runs.Incremental;

/// <summary>A tenant, its source and all memory, over many nights.</summary>
internal sealed class NightBench
{
    public const string TenantId = "tenant-1";
    private static readonly GuardrailLimits Unlimited = new()
    {
        MaxDeletes = Limit.None, MaxUpdates = Limit.None,
        MaxLastPhone = Limit.None, ReadErrors = Limit.None, SharedNumber = 1_000_000
    };
    private readonly SortedDictionary<int, DesiredMethods> _source = [];
    private int _runs;

    public NightBench(VirtualWorld world, int users)
    {
        World = world;
        Tenant = new ModelTenant(world);
        Reader = new CountingReader(Tenant);
        Feed = new ModelChangeFeed(world, Tenant);
        for (int i = 0; i < users; i++)
        {
            Tenant.Add(new DirectoryUser(Uid(i), $"{Uid(i)}@contoso.com"), Some.User.Mobile(Number(i, 0)));
            Want(i, Some.Desired.Mobile(Number(i, 0)));
        }
    }

    public VirtualWorld World { get; }

    public ModelTenant Tenant { get; }

    public CountingReader Reader { get; }

    public ModelChangeFeed Feed { get; }

    public MemoryVerifiedStates States { get; } = new();

    public MemoryRunStore Store { get; } = new();

    /// <summary>Who failed and when to try again; null: everybody in every run.</summary>
    public MemoryRetries? Retries { get; init; }

    public StateDigests Digests { get; } = new(new byte[32]);

    public TimeSpan FullSweepAfter { get; init; } = TimeSpan.FromDays(7);

    public PlanningPolicy Policy { get; set; } = PlanningPolicy.Default;

    public GuardrailLimits Limits { get; set; } = Unlimited;

    /// <summary>Whether drift is reported from intent.</summary>
    public bool WatchesDrift { get; init; }

    /// <summary>Names by which the source knows users, where it is not the object id.</summary>
    public Dictionary<int, string> Names { get; } = [];

    /// <summary>How old the rows say they are; null: they do not say.</summary>
    public Dictionary<int, DateTimeOffset> AsOf { get; } = [];

    public Allowances Allowances { get; set; } = Allowances.None;

    /// <summary>Everybody who was not equal in the last plan.</summary>
    public ImmutableArray<PlannedUser> LastUsers { get; private set; } = [];

    public IncrementalAccount? Account { get; private set; }

    public PlanHeader? LastPlan { get; private set; }

    public DateTimeOffset Now => World.Time.GetUtcNow();

    public static string Uid(int user) => FormattableString.Invariant($"user-{user:0000}");

    public static string Number(int user, int version) => FormattableString.Invariant($"+1 206{user:0000}{version % 1000:000}");

    public void Want(int user, DesiredMethods desired) => _source[user] = desired;

    public void Dismiss(int user) => _source.Remove(user);

    public DesiredMethods Wanted(int user) => _source[user];

    /// <summary>Whether the tenant has what the source wants.</summary>
    public bool IsRight(int user)
    {
        CurrentMethods now = Tenant[Uid(user)].Now;
        return !_source.TryGetValue(user, out DesiredMethods? desired) || !desired.Mobile.TryGet(out PhoneNumber number) || now.Mobile.Holds(number);
    }

    /// <summary>Only plans.</summary>
    public Task<PlanHeader> PlanAsync(bool incremental = true) => PlanAsync(new MemoryPlanSpool(), incremental, null);

    /// <summary>Plans and executes; null when a guardrail blocked.</summary>
    public async Task<RunHeader?> ApplyAsync(bool incremental = true, CancellationToken stop = default)
    {
        MemoryPlanSpool spool = new();
        StateRecorder recorder = Recorder(null);
        PlanHeader plan = await PlanAsync(spool, incremental, recorder);
        if (!plan.Applyable) return null;
        RunHeader run = new() { RunId = FormattableString.Invariant($"run-{++_runs}"), Plan = plan, StartedAt = Now };
        await Recorder(plan).BeginAsync(spool.PlannedAsync(default), default);
        await Store.BeginAsync(run, spool.PlannedAsync(default), default);
        RetryTracker? retries = Retries is null ? null : new(Retries, Digests, World.Time, plan);
        using RunExecutor runner = new(Store, new UserExecutor(Reader, Tenant, Store, World.Time, new ExecutorSettings()),
            World.Time, new RunSettings { Ended = retries is null ? null : retries.ObserveAsync }, new QuietProgress());
        RunHeader ended = await runner.RunAsync(run, TestAuthority.Create(run.RunId), stop, default);
        if (retries is not null) await retries.FlushAsync(default);
        await Recorder(plan).RunAsync(Store.UsersAsync(run.RunId, default), default);
        return ended;
    }

    public async Task<VerifiedState?> StateAsync(int user) => (await States.FindAsync(TenantId, [Uid(user)], default)).GetValueOrDefault(Uid(user));

    private async Task<PlanHeader> PlanAsync(MemoryPlanSpool spool, bool incremental, StateRecorder? recorder)
    {
        IncrementalSettings settings = new() { FullSweepAfter = FullSweepAfter, SinceLastRun = TimeSpan.FromDays(1) };
        IncrementalSelection? selection = incremental ? new IncrementalSelection(States, Feed, Digests, settings, World.Time, Retries) : null;
        PlanSettings how = new() { Policy = Policy, Limits = Limits, Allowances = Allowances, Now = Now };
        DriftMemory? drift = WatchesDrift ? new DriftMemory(States, Feed, Digests, World.Time) : null;
        PlanBuilder maker = new(Tenant, Reader, spool, how, new QuietProgress(), selection, recorder, drift);
        LastPlan = await maker.MakeAsync(RunSamples.Plan(Policy, new Summary(), Now, Limits), RunSamples.Stream(Rows()), default);
        Account = selection?.Account;
        LastUsers = [.. await spool.PlannedAsync(default).ToArrayAsync()];
        return LastPlan;
    }

    private StateRecorder Recorder(PlanHeader? plan) => new(States, Digests, World.Time, TenantId, Policy, Limits) { PlannedAt = plan?.CreatedAt };

    private ImmutableArray<SourceRow> Rows() =>
    [
        .. _source.Select((row, at) => new SourceRow(
            at, new Place("people.csv", at + 2), Name(row.Key), new UserKey(UserKeyKind.Name, Name(row.Key)), row.Value,
            AsOf.TryGetValue(row.Key, out DateTimeOffset asOf) ? asOf : null, [])),
    ];

    private string Name(int user) => Names.GetValueOrDefault(user) ?? Uid(user);
}
