using System.Collections.Immutable;
using ProvisioningConnector.Engine.Evidence.Approvals;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs;
using ProvisioningConnector.Engine.Runs.Incremental;
using ProvisioningConnector.Engine.Runs.Memory;
using ProvisioningConnector.Engine.Runs.Retiring;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>A run of the rows of a list, or of the inverse of a run.</summary>
internal sealed class RowStages(PipelinePorts ports, PipelineSettings settings, RunRequest request, RunWork.Rows rows, string runId)
    : ManyUserStages(ports, settings, request, runId)
{
    private IRowSource? _source;
    private IPlanSpool? _spool;

    /// <inheritdoc/>
    public override PlanHeader Head => Run.Plan;

    private IRowSource Source => _source ?? throw new InvalidOperationException("The source is opened first.");

    private IPlanSpool Spool => _spool ?? throw new InvalidOperationException("There is no plan yet.");

    /// <inheritdoc/>
    public override IAsyncEnumerable<PlannedUser> UsersAsync(CancellationToken cancellation) => Spool.PlannedAsync(cancellation);

    /// <inheritdoc/>
    public override async ValueTask<RunResult?> OpenAsync(CancellationToken cancellation)
    {
        _source = await rows.OpenAsync(cancellation);
        DemandReason(Ports.Tenant);
        return null;
    }

    /// <inheritdoc/>
    public override async ValueTask<RunResult?> PlanAsync(CancellationToken cancellation)
    {
        SourceIdentity source = new(Source.Name, null, 0, Source.IsDelta);
        _spool = Ports.NewSpool();
        DateTimeOffset now = Ports.Time.GetUtcNow();
        PlanSettings how = new()
        {
            Policy = rows.Policy ?? Settings.Policy, Limits = Settings.Limits, Allowances = Request.Allowances, Protected = Settings.Protected,
            Forecast = Ports.Tenant.Forecast, Now = now, Origin = Source.Origin, Memory = await MemoryAsync(source, now, cancellation), Only = rows.Only,
            SourceDate = Source.WrittenAt, SourceSha256 = () => Source.Sha256,
            Retiring = Source.Origin is PlanOrigin.Undo ? new RetiringTerms() : Settings.Retiring,
            RetiredGroups = Source.Origin is PlanOrigin.Undo ? [] : Settings.RetiredGroups,
            Numbers = new CheckedPlanner(Ports.Numbers, Request.CheckNumbers),
        };
        TenantQuarantine? quarantine = await Ports.Quarantines.FindAsync(Ports.Tenant.Identity.Id, cancellation);
        PlanHeader draft = new()
        {
            PlanId = Settings.NewId('p'), CreatedAt = now, ToolVersion = Settings.ToolVersion, Actor = Request.Actor, Tenant = Ports.Tenant.Identity,
            Origin = how.Origin, Source = source, Policy = how.Policy, Limits = how.Limits, Allowances = how.Allowances,
            Diagnostics = quarantine is null ? Source.Notes : [quarantine.Note(), .. Source.Notes],
        };
        if (!Request.Allow.IsEmpty) await Evidence.OverriddenAsync(draft, Request.Allow, Request.Recorded, cancellation);
        if (how.Origin.IsList) how = how with { SignIns = Ports.SignInsOf(draft, Request.DryRun) };
        IncrementalSelection? incremental = Request.Incremental && how is { Origin.IsList: true, Only: null }
            ? await IncrementalAsync(draft, cancellation) : null;
        PlanBuilder maker = new(
            Ports.Tenant.Directory, Ports.Tenant.Methods, Spool, how, Request.Progress(), incremental,
            Request.DryRun ? null : Ports.RecorderOf(draft), how.Origin.IsList ? Ports.Drift() : null);
        PlanHeader head = await maker.MakeAsync(draft, Source.RowsAsync(cancellation), cancellation);
        if (incremental is not null) Request.Notify($"incremental: {incremental.Account}");
        if (!Request.DryRun && rows.Only is null && how.Origin.IsList) await PlanTimes.KeepAsync(Ports.Store, head, cancellation);
        await Source.PlannedAsync(Spool, cancellation);
        await Source.DisposeAsync();
        _source = null;
        Run = New(head);
        return null;
    }

    /// <inheritdoc/>
    public override ValueTask<ImmutableArray<Diagnostic>> MissingApprovalAsync(CancellationToken cancellation) =>
        new(ApprovalJudge.Needs(Settings.RequireApproval, Head)
            ? [Diagnostic.Error("approvalMissing",
                $"A second person must approve what is written: {ApprovalJudge.Why(Settings.RequireApproval, Head)}. Nothing is written. "
                + "Save the plan with 'plan --out', have it approved with 'approve', then apply the saved plan.")]
            : ImmutableArray<Diagnostic>.Empty);

    /// <inheritdoc/>
    public override ValueTask<ImmutableArray<Diagnostic>> ProtectionsAsync(CancellationToken cancellation) => new(ProtectionCheck.OfFresh(Head));

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (_source is not null) await _source.DisposeAsync();
        if (_spool is not null) await _spool.DisposeAsync();
        await base.DisposeAsync();
    }

    private async ValueTask<PlanMemory> MemoryAsync(SourceIdentity source, DateTimeOffset now, CancellationToken cancellation) => Source.Origin.IsList
        ? await PlanMemoryReader.ReadAsync(Ports.Sources, Ports.Store, Ports.Tenant.Identity.Id, source, now, cancellation)
        : new PlanMemory(null, await PlanMemoryReader.PastWritesAsync(Ports.Store, Ports.Tenant.Identity.Id, now, cancellation));

    private async ValueTask<IncrementalSelection> IncrementalAsync(PlanHeader draft, CancellationToken cancellation)
    {
        DateTimeOffset? last = await PlanTimes.LastAsync(Ports.Store, draft, cancellation);
        IncrementalSettings how = new() { FullSweepAfter = Settings.FullSweepAfter, SinceLastRun = last is { } known ? draft.CreatedAt - known : null };
        return new IncrementalSelection(Ports.States, Ports.Tenant.Changes, Ports.StateDigests, how, Ports.Time, Ports.Retries);
    }
}
