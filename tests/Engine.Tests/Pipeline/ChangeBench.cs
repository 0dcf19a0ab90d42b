using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Locking;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit.Pipeline;
using ProvisioningConnector.TestKit.Stores;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Pipeline;

/// <summary>A tenant, a store and a flow over them in a virtual world.</summary>
internal sealed class ChangeBench : ModelEvidence, IUserLocks
{
    private readonly VirtualWorld _world;
    private readonly MemoryLeases _leases;

    public ChangeBench(
        VirtualWorld world, Func<PipelineSettings, PipelineSettings>? with = null, EndSignals signals = default, ServiceModel? service = null)
    {
        _world = world;
        Tenant = new ModelTenant(world, service);
        Writer = new ModelWriter(Tenant);
        _leases = new MemoryLeases { MayBeOnTheWay = Store.MayBeOnTheWay };
        Settings = with?.Invoke(TestPipeline.Settings()) ?? TestPipeline.Settings();
        Ports = TestPipeline.Ports(new ModelSession(world, Tenant), Store, _leases, world.Time) with
        {
            Windows = Windows,
            Evidence = _ => this,
            Signals = signals,
            Locks = new UserLocking(this, _leases, holder => holder.ProcessStart == Gone, world.Time),
        };
        Runs = new RunPipeline(Ports, Settings, Writer);
    }

    public ModelWriter Writer { get; }

    public ModelTenant Tenant { get; }

    public MemoryRunStore Store { get; } = new();

    public MemoryWriteWindows Windows { get; } = new();

    public PipelineSettings Settings { get; }

    public PipelinePorts Ports { get; }

    public RunPipeline Runs { get; }

    public CrashPlan Crash { get; set; } = CrashPlan.Never;

    /// <summary>A dead process releases nothing.</summary>
    public bool Dead { get; set; }

    /// <summary>The process that is known to be gone.</summary>
    public string? Gone { get; set; }

    public int Locked { get; private set; }

    /// <summary>The change that the last lock taken or renewed is for.</summary>
    public string? LockedFor { get; private set; }

    /// <summary>Of each intent: its change, and the change that the user's lock was for.</summary>
    public List<(string Run, string? LockedFor)> Intents { get; } = [];

    public static string Uid(int n) => new Guid(n, 7, 7, [1, 2, 3, 4, 5, 6, 7, 8]).ToString();

    public static string Phone(int n) => string.Create(CultureInfo.InvariantCulture, $"+1 206{5550000 + n}");

    /// <summary>The user must have this fingerprint.</summary>
    public static Func<CurrentMethods, UnmetCondition?> As(string fingerprint) => now => Fingerprint(now) == fingerprint ? null : UnmetCondition.Moved;

    public static string Fingerprint(CurrentMethods now) =>
        $"{now.Mobile.FullText()}|{now.AlternateMobile.FullText()}|{now.Office.FullText()}|"
        + $"{now.Email?.Address}|{string.Join(',', now.Others.Select(o => o.Id))}";

    public ChangeBench With(int user, CurrentMethods methods, Func<DirectoryUser, DirectoryUser>? account = null)
    {
        DirectoryUser plain = new(Uid(user), FormattableString.Invariant($"u{user}@contoso.com"), FormattableString.Invariant($"User {user}"));
        Tenant.Add(account?.Invoke(plain) ?? plain, methods);
        return this;
    }

    public CurrentMethods Now(int user) => Tenant[Uid(user)].Now;

    public static UserChange Request(int user, DesiredMethods desired) => new()
    {
        User = new UserKey(UserKeyKind.Name, Uid(user)), Origin = new PlanOrigin.Request(null), Desired = _ => new DesiredChange.Valid(desired),
    };

    public Task<RunResult> ChangeAsync(int user, DesiredMethods desired) => Runs.ChangeAsync(Request(user, desired), CancellationToken.None);

    public async Task<ImmutableArray<RunHeader>> SinglesAsync(bool unfinished = false) => [.. await Store.SinglesAsync(unfinished, default).ToListAsync()];

    public override IEvidenceJournal Journal(RunHeader run, IRunJournal journal) => new CrashingJournal(this, journal);

    public async ValueTask<UserLock?> AcquireAsync(UserLock wanted, DateTimeOffset now, CancellationToken cancellation)
    {
        (Locked, LockedFor) = (Locked + 1, wanted.RunId);
        await Task.Yield();
        return await _leases.AcquireAsync(wanted, now, cancellation);
    }

    public ValueTask<bool> KeepAsync(UserLock held, CancellationToken cancellation)
    {
        LockedFor = held.RunId;
        return _leases.KeepAsync(held, cancellation);
    }

    public ValueTask<UserLock?> FindAsync(string tenantId, string uid, CancellationToken cancellation) => _leases.FindAsync(tenantId, uid, cancellation);

    public ValueTask ReleaseAsync(UserLock held, CancellationToken cancellation) => Dead ? ValueTask.CompletedTask : _leases.ReleaseAsync(held, cancellation);

    /// <summary>What an asynchronous call ends with. (NUnit's own way blocks the world's only thread.)</summary>
    public static async Task<Exception?> ErrorOf(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (Exception problem)
        {
            return problem;
        }
    }

    public Task WaitAsync(TimeSpan time) => _world.Delay(time);

    private sealed class CrashingJournal(ChangeBench bench, IRunJournal inner) : IEvidenceJournal
    {
        public void Begins(RunUser user)
        {
        }

        public async ValueTask IntentAsync(string runId, string uid, int index, Operation operation, DateTimeOffset at, CancellationToken cancellation)
        {
            bench.Crash.Reach(CrashPoint.BeforeIntent);
            bench.Intents.Add((runId, bench.LockedFor));
            await inner.IntentAsync(runId, uid, index, operation, at, cancellation);
            bench.Crash.Reach(CrashPoint.AfterIntent);
        }

        public async ValueTask OutcomeAsync(string runId, string uid, int index, OperationResult result, CancellationToken cancellation)
        {
            bench.Crash.Reach(CrashPoint.BeforeOutcome);
            await inner.OutcomeAsync(runId, uid, index, result, cancellation);
            bench.Crash.Reach(CrashPoint.AfterOutcome);
        }

        public async ValueTask UserAsync(string runId, string uid, UserResult result, CancellationToken cancellation)
        {
            bench.Crash.Reach(CrashPoint.BeforeResult);
            await inner.UserAsync(runId, uid, result, cancellation);
        }
    }
}
