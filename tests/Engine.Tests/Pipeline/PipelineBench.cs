using System.Collections.Immutable;
using ProvisioningConnector.Engine.Evidence.Approvals;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Tests.Runs;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.Pipeline;
using ProvisioningConnector.TestKit.Stores;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Pipeline;

/// <summary>Every kind of work that the pipeline knows.</summary>
public enum WorkKind
{
    Rows,
    SavedPlan,
    Resumed,
    Change,
}

/// <summary>A tenant with two users whose mobile numbers are to change; each kind of work changes the second one.</summary>
internal sealed class PipelineBench
{
    public PipelineBench(VirtualWorld world)
    {
        Tenant = new ModelTenant(world);
        foreach (int user in (int[])[1, 2])
        {
            Tenant.Add(new DirectoryUser(ChangeBench.Uid(user), FormattableString.Invariant($"u{user}@contoso.com")),
                Some.User.Mobile(ChangeBench.Phone(user)));
        }

        Writer = new ModelWriter(Tenant);
        Session = new ModelSession(world, Tenant);
        Settings = TestPipeline.Settings();
        Ports = TestPipeline.Ports(Session, Store, Leases, world.Time) with { Evidence = _ => Evidence, Quarantines = Quarantines, States = States };
    }

    public ModelTenant Tenant { get; }

    public ModelSession Session { get; }

    public ModelWriter Writer { get; }

    public MemoryRunStore Store { get; } = new();

    public MemoryLeases Leases { get; } = new();

    public ModelEvidence Evidence { get; } = new();

    public MemoryQuarantines Quarantines { get; } = new();

    public MemoryVerifiedStates States { get; } = new();

    public PipelinePorts Ports { get; set; }

    public PipelineSettings Settings { get; set; }

    public static string Uid => ChangeBench.Uid(2);

    /// <summary>Whether the second user was changed.</summary>
    public bool IsChanged => Tenant[Uid].Now.Mobile.FullText() != Some.User.Mobile(ChangeBench.Phone(2)).Mobile.FullText();

    /// <summary>Prepares what the work needs, without any safeguard.</summary>
    public async Task<RunWork> WorkAsync(WorkKind kind)
    {
        switch (kind)
        {
            case WorkKind.Rows:
                return Rows();
            case WorkKind.SavedPlan:
                await using (PreparedRun plan = await new RunPlanner(Ports, Settings).PlanAsync(Request(Rows()), default))
                {
                    return new RunWork.SavedPlan(new MemoryPlan(plan.Head, [.. await plan.UsersAsync(default).ToListAsync()]));
                }

            case WorkKind.Resumed:
                RunResult first = await PipelineOf().RunAsync(Request(Rows()) with { Bounds = new RunBounds(1, null) }, GivenConsent.Instance, default);
                return new RunWork.Resumed(((RunResult.Ended)first).Run.RunId);
            default:
                return new RunWork.Change(ChangeBench.Request(2, Some.List(ChangeBench.Phone(8) + ":mobile")));
        }
    }

    public RunPipeline PipelineOf() => new(Ports, Settings, Writer);

    public static RunRequest Request(RunWork work) => new() { Work = work, Actor = "kim@host" };

    public Task<RunResult> RunAsync(RunWork work, Func<RunRequest, RunRequest>? with = null, IConsent? consent = null) =>
        PipelineOf().RunAsync(with?.Invoke(Request(work)) ?? Request(work), consent ?? GivenConsent.Instance, default);

    /// <summary>Runs and changes of single users that are written down.</summary>
    public async Task<int> RunsAsync() => await Store.RunsAsync(default).CountAsync() + await Store.SinglesAsync(false, default).CountAsync();

    private static RunWork.Rows Rows() => ModelRows.Work(
    [
        Planned.Row(0, ChangeBench.Uid(1), Some.List(ChangeBench.Phone(7) + ":mobile")),
        Planned.Row(1, ChangeBench.Uid(2), Some.List(ChangeBench.Phone(8) + ":mobile")),
    ], isDelta: true);

    private sealed record MemoryPlan(PlanHeader Head, ImmutableArray<PlannedUser> Users) : ISavedPlan
    {
        public string Name => "plan.json";

        public string Seal => "seal";

        public ImmutableArray<Approval> Approvals => [];

        public SignedApprovals SignedApprovals => SignedApprovals.None;

        public IAsyncEnumerable<PlannedUser> UsersAsync(CancellationToken cancellation) => Users.ToAsyncEnumerable();
    }
}
