using System.Globalization;
using ProvisioningConnector.Engine.Concurrency;
using ProvisioningConnector.Engine.Locking;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Drift;
using ProvisioningConnector.Engine.Runs.Memory;
using ProvisioningConnector.TestKit.Stores;

namespace ProvisioningConnector.TestKit.Pipeline;

/// <summary>Ports and settings of the pipeline over stores in memory.</summary>
public static class TestPipeline
{
    /// <summary>Everything in memory; replace what the test is about.</summary>
    public static PipelinePorts Ports(ITenant tenant, IRunStore store, MemoryLeases leases, TimeProvider time)
    {
        ModelEvidence evidence = new();
        return new PipelinePorts
        {
            Tenant = tenant, Reads = new SharedReads(new CoalescedReads(tenant.Methods), CancellationToken.None), Store = store,
            Approvals = new MemoryApprovals(), Quarantines = new MemoryQuarantines(), Sources = new MemorySources(), Retries = new MemoryRetries(),
            States = new MemoryVerifiedStates(), StateDigests = new StateDigests(new byte[32]), Hidden = new HiddenValues(_ => "•••", _ => "•••"),
            Windows = new MemoryWriteWindows(),
            Numbers = new FixedOpinion(), Leases = leases, Locks = new UserLocking(leases, leases, _ => false, time), Evidence = _ => evidence,
            NewSpool = () => new MemoryPlanSpool(), KeepLearnedAsync = (_, _) => ValueTask.CompletedTask, Time = time,
        };
    }

    /// <summary>One process that gives ids in order and needs no approval.</summary>
    public static PipelineSettings Settings()
    {
        int ids = 0;
        return new PipelineSettings
        {
            Holder = "facade", Process = new HolderProcess("host", "boot", 1, "facade"), StateOf = _ => HolderState.MayLive,
            LeaseHolder = run => new LeaseHolder("kim", "host", "boot", 1, "facade", "1.0", run), ToolVersion = "1.0",
            NewId = kind => kind + Interlocked.Increment(ref ids).ToString(CultureInfo.InvariantCulture), RequireApproval = ApprovalRule.Never,
            Limits = new GuardrailLimits { MaxDeletes = Limit.None, MaxUpdates = Limit.None, MaxAdds = Limit.None, MaxLastPhone = Limit.None },
        };
    }

    /// <summary>Changes one user in the name of <c>key-1</c>.</summary>
    public static Task<RunResult> ChangeAsync(this RunPipeline pipeline, UserChange change, CancellationToken cancellation) =>
        pipeline.RunAsync(RequestOf(change), GivenConsent.Instance, cancellation);

    /// <summary>The same, with something allowed for once.</summary>
    public static Task<RunResult> ChangeAllowingAsync(this RunPipeline pipeline, UserChange change, Allowances allowances) =>
        pipeline.RunAsync(RequestOf(change) with { Allowances = allowances }, GivenConsent.Instance, CancellationToken.None);

    /// <summary>A protected user is let through.</summary>
    public static Allowances Protected(string user) => new() { ProtectedUsers = Allowances.None.ProtectedUsers.Add(user) };

    /// <summary>The plan of a change in the name of <c>key-1</c>.</summary>
    public static Task<RunResult> DryRunAsync(this RunPipeline pipeline, UserChange change, CancellationToken cancellation) =>
        pipeline.RunAsync(RequestOf(change) with { DryRun = true }, GivenConsent.Instance, cancellation);

    public static RunRequest RequestOf(UserChange change) => new() { Work = new RunWork.Change(change), Actor = "key-1" };
}
