using ProvisioningConnector.Composition.About;
using ProvisioningConnector.Composition.Audit;
using ProvisioningConnector.Engine.Concurrency;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Migration.Steps;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Runs.Drift;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Stores.Spool;

namespace ProvisioningConnector.Composition;

/// <summary>What the stages of one tenant's pipeline work with. Nothing in it writes to the tenant.</summary>
internal static class PipelineParts
{
    /// <summary>Plans only: there is no way to write behind it.</summary>
    public static RunPlanner Planner(Workspace workspace, ReadingTenant tenant, EndSignals signals) =>
        new(Ports(workspace, _ => workspace.Audit, tenant, signals), Settings(workspace));

    /// <param name="workspace">Store and settings.</param>
    /// <param name="audit">The evidence in the name of an actor.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="signals">How it is asked to end.</param>
    public static PipelinePorts Ports(Workspace workspace, Func<string, AuditRecorder> audit, ReadingTenant tenant, EndSignals signals) => new()
    {
        Tenant = tenant, Reads = new SharedReads(new CoalescedReads(tenant.Methods), CancellationToken.None),
        Store = workspace.Store, Approvals = workspace.Approvals, Quarantines = workspace.Quarantines, Sources = workspace.Sources,
        Retries = workspace.Retries, Numbers = workspace.Numbers, States = workspace.States, StateDigests = workspace.StateDigests, Windows = workspace.Windows,
        Hidden = new HiddenValues(
            text => Masking.Number(text, workspace.Digests) ?? Masking.Hidden, text => Masking.Address(text) ?? Masking.Hidden),
        Leases = workspace.Leases, Locks = workspace.Locks, Evidence = audit, NewSpool = static () => SqlitePlanSpool.Create(),
        StepChecks = step => new StepCheck(step, MigrationParts.People(workspace, tenant), MigrationParts.InviteGroup(workspace, tenant)),
        Probes = workspace.Probes, KeepLearnedAsync = workspace.KeepLearnedAsync, Signals = signals, Time = workspace.Time,
    };

    /// <summary>As the tenant is configured.</summary>
    public static PipelineSettings Settings(Workspace workspace) => new()
    {
        Holder = $"{Identity.Actor}/{Identity.NewId('h', workspace.Time.GetUtcNow())}", Process = HostProcess.Current(),
        LeaseHolder = HostProcess.Holder, StateOf = HostProcess.StateOf, ToolVersion = Identity.ToolVersion,
        NewId = kind => Identity.NewId(kind, workspace.Time.GetUtcNow()), RequireApproval = workspace.Tenant.RequireApproval,
        Approvers = workspace.Settings.Approvers,
        Policy = workspace.Tenant.Policy, Limits = workspace.Tenant.Guardrails, Protected = workspace.Tenant.Protected,
        Retiring = workspace.Tenant.Retiring, RetiredGroups = workspace.Tenant.Migration.RetiredGroups,
        PlanMaxAge = workspace.Tenant.PlanMaxAge, FullSweepAfter = workspace.Tenant.FullSweepAfter,
        Execution = new ExecutorSettings { RequestTimeout = workspace.Tenant.Graph.RequestTimeout }, LockDuration = workspace.Tenant.LeaseDuration,
    };
}
