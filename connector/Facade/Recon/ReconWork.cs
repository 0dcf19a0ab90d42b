using System.Collections.Immutable;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Runs;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Facade.Hosting;

namespace ProvisioningConnector.Facade.Recon;

/// <summary>Works a reconciliation off as <c>plan</c> and <c>apply</c> would: same planner,
/// guardrails, lease, approval, journal and evidence, in the caller's name.</summary>
internal sealed class ReconWork(TenantDoor door, Recon recon, FacadeFloor floor)
{
    private readonly ReconStart _start = recon.Start;
    private readonly Workspace _workspace = door.Workspace(recon.Start.Actor);
    private readonly ReadingTenant _tenant = door.Reading.ForRun();
    private readonly RunOrder _order = new()
    {
        Actor = recon.Start.Actor, Time = floor.Time, Progress = _ => recon, Incremental = recon.Start.Mapping.Incremental && recon.Start.SourceId is null,
        Tell = text => floor.Log.Information("Reconciliation {Id}: {Text}", recon.Id, text),
        Reason = $"reconciliation of mapping '{recon.Start.Name}' (transaction {recon.Start.TransactionId})",
        Stop = recon.Stop, Cut = floor.Work.GiveUp, Cancellation = floor.Work.Abandoned,
    };

    /// <summary>Whether the store may know the run.</summary>
    public bool InStore { get; private set; }

    /// <summary>Plans and keeps the plan; nothing is written.</summary>
    public async Task AnalyzeAsync()
    {
        PlanSession plan = await PlanAsync(isRun: false, _ =>
        {
            recon.SetBegun();
            return Task.CompletedTask;
        });
        bool kept = false;
        try
        {
            ReconCounts counts = await CountAsync(plan);
            if (Nobody(plan.Head)) return;
            string[] why =
            [
                .. plan.Head.Guardrails.Where(g => g.Verdict == Verdict.Blocked).Select(g => g.Message),
                .. Reasons(plan.Head, counts).Select(d => d.Message),
            ];
            recon.End(_start.Keep ? new KeptPlan(plan) : null, why.Length == 0 ? null : $"A run of this plan would be blocked: {string.Join(" ", why)}");
            kept = _start.Keep;
            await _workspace.KeepLearnedAsync(_tenant.Learned, _order.Cancellation);
        }
        finally
        {
            if (!kept) await plan.DisposeAsync();
        }
    }

    /// <summary>Plans and executes.</summary>
    public async Task RunAsync()
    {
        _workspace.Audit.CheckSecond();
        await KnownTenant.CheckAsync(_workspace.Store, _tenant.Identity, door.Settings.IsLoopback, newStore: false, _order.Stop);
        await using TenantHold hold = new(_order, _workspace, _tenant.Identity, recon.Id);
        await using PlanSession plan = await PlanAsync(isRun: true, async stop =>
        {
            await hold.TakeAsync(stop);
            recon.SetBegun();
        });
        ReconCounts counts = await CountAsync(plan);
        if (Nobody(plan.Head)) return;
        await ReconNotes.KeepAsync(_workspace.Store, recon, _order.Stop);
        RunHead run = RunExecution.New(_order, recon.Id, plan.Head);
        ImmutableArray<Diagnostic> why = Reasons(plan.Head, counts);
        InStore = true;
        RunHead ended = why.IsEmpty && plan.Head.Applyable
            ? await RunExecution.ExecuteAsync(_order, _workspace, _tenant, hold, door.OpenForWriting,
                run, plan.Users, RunBounds.None, static (_, _) => Task.CompletedTask)
            : await RunExecution.BlockAsync(_order, _workspace, run with { Used = _tenant.Used() }, plan.Users, why);
        string? trouble = await RunExecution.EndAsync(_order, _workspace, ended);
        await ReconFigures.RecordAsync(floor.Figures, _workspace.Store, door.Settings.Name, ended, _order.Cancellation);
        // The tenant is free again before anybody hears that this has ended.
        await hold.DisposeAsync();
        recon.End(ended, trouble);
        await ReconNotes.KeepAsync(_workspace.Store, recon, _order.Cancellation);
    }

    private Task<PlanSession> PlanAsync(bool isRun, Func<CancellationToken, Task> opened) =>
        PlanSession.MakeAsync(_order, _workspace, _tenant, SourceArguments.Named(_start.Mapping.Source), isRun, _order.Stop, opened, Only(_start.SourceId));

    private async Task<ReconCounts> CountAsync(PlanSession plan)
    {
        ReconCounts counts = await ReconCounts.OfAsync(plan.Head, plan.Users(_order.Stop), _order.Stop);
        recon.SetPlanned(plan.Head.Summary, counts);
        return counts;
    }

    /// <summary>The row that was asked for is not there: there is nothing to run.</summary>
    private bool Nobody(PlanHead plan)
    {
        if (_start.SourceId is null || plan.Summary.Users > 0) return false;
        recon.End(ReconState.Failed, "The source has no row of this id. Nothing was written. Ask for a user as the source writes it.", null);
        return true;
    }

    /// <summary>Why the plan is not executed, guardrails aside.</summary>
    private ImmutableArray<Diagnostic> Reasons(PlanHead plan, ReconCounts counts) =>
        Missing(counts) is { } right ? [.. RunExecution.Missing(_workspace, plan), right] : RunExecution.Missing(_workspace, plan);

    /// <summary>A run does whatever its source says, so the plan itself tells which rights are needed.</summary>
    private Diagnostic? Missing(ReconCounts counts)
    {
        string[] missing = [.. counts.Demands.Where(d => !_start.Can(d.Key)).Select(d => $"'{d.Key.Name()}' for {d.Value}")];
        return missing.Length == 0 ? null : Diagnostic.Error("rightMissing",
            $"The caller lacks rights that operations of this plan need: {string.Join(", ", missing)}. Nothing is written. Use a key that has them, or take these operations out of the source.");
    }

    private static Func<SourceRow, bool>? Only(string? sourceId)
    {
        if (sourceId is null) return null;
        UserKey? wanted = UserKey.TryParse(sourceId, out UserKey key) ? key : null;
        return row => row.UserText.Equals(sourceId, StringComparison.OrdinalIgnoreCase) || (wanted is { } one && row.Key is { } known && known.Equals(one));
    }
}
