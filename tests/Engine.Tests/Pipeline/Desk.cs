using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Engine.Concurrency;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Locking;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit.Stores;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Pipeline;

/// <summary>A tenant, a store and a flow over them in a virtual world.</summary>
internal sealed class Desk : IChangeWitness, IUserLocks
{
    private readonly VirtualWorld _world;
    private readonly MemoryLeases _leases;
    private int _ids;

    public Desk(VirtualWorld world, Func<ChangeSettings, ChangeSettings>? with = null, EndSignals signals = default)
    {
        _world = world;
        Tenant = new ModelTenant(world);
        _leases = new MemoryLeases { MayBeOnTheWay = Store.MayBeOnTheWay };
        ChangeSettings settings = new()
        {
            Tenant = new TenantIdentity("contoso", "tenant-1", "Global", true), Holder = "facade", Process = new HolderProcess("host", "boot", 1, "facade"),
            ToolVersion = "1.0", NewId = kind => kind + (++_ids).ToString(CultureInfo.InvariantCulture),
            RequireApproval = ApprovalRule.Never,
            Limits = new GuardrailLimits { MaxDeletes = Limit.None, MaxUpdates = Limit.None, MaxAdds = Limit.None, MaxLastPhone = Limit.None },
        };
        Settings = with?.Invoke(settings) ?? settings;
        Ports = new ChangePorts
        {
            Directory = Tenant, Reads = new SharedReads(new CoalescedReads(Tenant), CancellationToken.None),
            Writer = Tenant, Store = Store, Windows = Windows, Witness = this, Time = world.Time,
            Locks = new UserLocking(this, _leases, holder => holder.ProcessStart == Gone, world.Time), Leases = _leases,
        };
        Flow = new OneUserFlow(Ports, Settings, signals);
    }

    public ModelTenant Tenant { get; }

    public MemoryRunStore Store { get; } = new();

    public MemoryWriteWindows Windows { get; } = new();

    public ChangeSettings Settings { get; }

    public ChangePorts Ports { get; }

    public OneUserFlow Flow { get; }

    public CrashPlan Crash { get; set; } = CrashPlan.Never;

    /// <summary>A dead process releases nothing.</summary>
    public bool Dead { get; set; }

    /// <summary>The process that is known to be gone.</summary>
    public string? Gone { get; set; }

    public int Locked { get; private set; }

    public static string Uid(int n) => new Guid(n, 7, 7, [1, 2, 3, 4, 5, 6, 7, 8]).ToString();

    public static string Phone(int n) => string.Create(CultureInfo.InvariantCulture, $"+1 206{5550000 + n}");

    /// <summary>The user must have this fingerprint.</summary>
    public static Func<CurrentMethods, UnmetCondition?> As(string fingerprint) => now => Fingerprint(now) == fingerprint ? null : UnmetCondition.Moved;

    public static string Fingerprint(CurrentMethods now) =>
        $"{now.Mobile.FullText()}|{now.AlternateMobile.FullText()}|{now.Office.FullText()}|{now.Email?.Address}|{string.Join(',', now.Others.Select(o => o.Id))}";

    public Desk With(int user, CurrentMethods methods, Func<DirectoryUser, DirectoryUser>? account = null)
    {
        DirectoryUser plain = new(Uid(user), FormattableString.Invariant($"u{user}@contoso.com"), FormattableString.Invariant($"User {user}"));
        Tenant.Add(account?.Invoke(plain) ?? plain, methods);
        return this;
    }

    public CurrentMethods Now(int user) => Tenant[Uid(user)].Now;

    public static ChangeRequest Request(int user, DesiredMethods desired) => new()
    {
        User = new UserKey(UserKeyKind.Name, Uid(user)), Actor = "key-1", Origin = new PlanOrigin.Request(null), Wish = _ => new Wish.Wanted(desired),
    };

    public Task<ChangeResult> ChangeAsync(int user, DesiredMethods desired) => Flow.ChangeAsync(Request(user, desired), CancellationToken.None);

    public async Task<ImmutableArray<RunHead>> SinglesAsync(bool unfinished = false) => [.. await Store.SinglesAsync(unfinished, default).ToListAsync()];

    public IRunJournal Journal(RunHead run, RunUser user, IRunJournal journal) => new CrashingJournal(this, journal);

    public ValueTask BeginsAsync(RunHead run, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask EndsAsync(RunHead run, CancellationToken cancellation) => ValueTask.CompletedTask;

    public async ValueTask<UserLock?> AcquireAsync(UserLock wanted, DateTimeOffset now, CancellationToken cancellation)
    {
        Locked++;
        await Task.Yield();
        return await _leases.AcquireAsync(wanted, now, cancellation);
    }

    public ValueTask<bool> KeepAsync(UserLock held, CancellationToken cancellation) => _leases.KeepAsync(held, cancellation);

    public ValueTask<UserLock?> FindAsync(string tenantId, string uid, CancellationToken cancellation) => _leases.FindAsync(tenantId, uid, cancellation);

    public ValueTask ReleaseAsync(UserLock held, CancellationToken cancellation) => Dead ? ValueTask.CompletedTask : _leases.ReleaseAsync(held, cancellation);

    /// <summary>What an asynchronous call ends with. (NUnit's own way blocks the world's only thread.)</summary>
    public static async Task<Exception?> TroubleOf(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (Exception trouble)
        {
            return trouble;
        }
    }

    public Task WaitAsync(TimeSpan time) => _world.Delay(time);

    private sealed class CrashingJournal(Desk desk, IRunJournal inner) : IRunJournal
    {
        public async ValueTask IntentAsync(string runId, string uid, int index, Operation operation, DateTimeOffset at, CancellationToken cancellation)
        {
            desk.Crash.Reach(CrashPoint.BeforeIntent);
            await inner.IntentAsync(runId, uid, index, operation, at, cancellation);
            desk.Crash.Reach(CrashPoint.AfterIntent);
        }

        public async ValueTask OutcomeAsync(string runId, string uid, int index, OperationResult result, CancellationToken cancellation)
        {
            desk.Crash.Reach(CrashPoint.BeforeOutcome);
            await inner.OutcomeAsync(runId, uid, index, result, cancellation);
            desk.Crash.Reach(CrashPoint.AfterOutcome);
        }

        public async ValueTask UserAsync(string runId, string uid, UserResult result, CancellationToken cancellation)
        {
            desk.Crash.Reach(CrashPoint.BeforeResult);
            await inner.UserAsync(runId, uid, result, cancellation);
        }
    }
}
