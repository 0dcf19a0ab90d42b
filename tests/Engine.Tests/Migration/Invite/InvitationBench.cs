using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Undo;
using ProvisioningConnector.Engine.Tests.Execution;
using ProvisioningConnector.Engine.Tests.Runs;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.Stores;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Migration.Invite;

/// <summary>Three people, the second one in the group already; invited, killed, resumed and undone in virtual time.</summary>
internal sealed class InvitationBench
{
    public const string Group = "group-1";

    private readonly VirtualWorld _world;

    public InvitationBench(VirtualWorld world)
    {
        _world = world;
        Tenant = new ModelTenant(world);
        Store = new MemoryRunStore(world.Time);
        for (int at = 0; at < 3; at++)
        {
            Tenant.Add(new DirectoryUser(Uid(at), FormattableString.Invariant($"u{at}@contoso.com")),
                Some.User.Mobile(FormattableString.Invariant($"+1 206555010{at}")) with { Membership = new GroupMembership(Group, at == 1) });
        }
    }

    public ModelTenant Tenant { get; }

    public MemoryRunStore Store { get; }

    public string Members => string.Concat(Enumerable.Range(0, 3).Select(at => IsMember(at) ? '1' : '0'));

    /// <summary>Additions that took effect, by person.</summary>
    public IEnumerable<int> Added => Tenant.Writes.Where(static write => write is { Operation: Operation.AddMember, AppliedAt: not null })
        .GroupBy(static write => write.Uid).Select(static writes => writes.Count());

    public static string Uid(int at) => FormattableString.Invariant($"id-{at:D4}");

    public bool IsMember(int at) => Tenant[Uid(at)].Now.Membership?.IsMember == true;

    public OperationResult? Result(int at) => Store.ResultOf(Uid(at))?.Operations.SingleOrDefault();

    /// <summary>Plans and applies; a process that dies is followed by one that goes on.</summary>
    public async Task<RunHeader> InviteAsync(CrashPlan? crash = null)
    {
        DesiredMethods wanted = new() { Membership = new GroupMembership(Group, IsMember: true) };
        IEnumerable<SourceRow> rows = Enumerable.Range(0, 3).Select(at => Planned.Row(at, Uid(at), wanted) with { Condition = new RowCondition() });
        Planned planned = await Planned.MakeAsync(Tenant, rows, new() { Limits = Population.Off }, _world);
        return await RunAsync("run-1", planned, Store, crash ?? CrashPlan.Never);
    }

    /// <summary>Takes the run back; how many operations that took.</summary>
    public async Task<int> UndoAsync(CrashPlan? crash = null)
    {
        UndoTerms terms = new(_world.Time.GetUtcNow(), TimeSpan.FromDays(30), _world.Time.GetUtcNow(), null);
        SourceRow[] rows = await UndoRows.ReadAsync(Store, "run-1", terms, default).ToArrayAsync();
        Planned planned = await Planned.MakeAsync(Tenant, rows, new() { Limits = Population.Off }, _world);
        await RunAsync("undo-1", planned, new MemoryRunStore(_world.Time), crash ?? CrashPlan.Never);
        return (int)planned.Head.Summary.Operations.Total;
    }

    private async Task<RunHeader> RunAsync(string id, Planned planned, MemoryRunStore store, CrashPlan crash)
    {
        store.Crash = Tenant.Crash = crash;
        RunHeader run = new() { RunId = id, Plan = planned.Head, StartedAt = _world.Time.GetUtcNow() };
        await store.BeginAsync(run, planned.Spool.PlannedAsync(default), default);
        if (await GoAsync(run, store) is { } ended) return ended;
        await _world.Delay(TimeSpan.FromMinutes(2));
        store.Crash = Tenant.Crash = CrashPlan.Never;
        return await GoAsync(run with { ResumedAt = [_world.Time.GetUtcNow()] }, store) ?? throw new InvalidOperationException("It died again.");
    }

    private async Task<RunHeader?> GoAsync(RunHeader run, MemoryRunStore store)
    {
        using Engine.Runs.RunExecutor runner = new(store, new UserExecutor(Tenant, Tenant, store, _world.Time, new()), _world.Time, new(), new QuietProgress());
        try
        {
            return await runner.RunAsync(run, TestAuthority.Create(run.RunId), default, default);
        }
        catch (CrashException)
        {
            return null;
        }
    }
}
