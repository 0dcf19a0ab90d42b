using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Telemetry;

namespace ProvisioningConnector.Facade.Recon;

/// <summary>Works a reconciliation off as <c>plan</c> and <c>apply</c> would: same planner,
/// guardrails, lease, approval, journal and evidence, in the caller's name.</summary>
internal sealed class ReconJobRunner(
    TenantSession session, ReconJob recon, StoredAnalyses analyses, Figures figures, WorkInFlight running, ILogger log)
{
    private readonly ReconStart _start = recon.Start;
    private readonly Workspace _workspace = session.Workspace(recon.Start.Actor);
    private readonly ReadingTenant _tenant = session.Reading.ForRun();
    private readonly EndSignals _signals = new(recon.Stop, running.GiveUp, running.Abandoned);
    private ReconCounts _counts = ReconCounts.None;

    /// <summary>Whether the store may know the run.</summary>
    public bool InStore { get; private set; }

    private CancellationToken GiveUp => running.Abandoned;

    /// <summary>Plans and keeps the plan; nothing is written.</summary>
    public async Task AnalyzeAsync()
    {
        await using PreparedRun plan = await PipelineParts.Planner(_workspace, _tenant, _signals).PlanAsync(Request(), recon.Stop);
        _counts = await CountAsync(plan);
        if (IsEmpty(plan.Head)) return;
        string[] why =
        [
            .. plan.Head.Guardrails.Where(g => g.Verdict == Verdict.Blocked).Select(g => g.Message),
            .. (await plan.ObjectionsAsync(recon.Stop)).Select(d => d.Message),
        ];
        string? blocked = why.Length == 0 ? null : $"A run of this plan would be blocked: {string.Join(" ", why)}";
        string? message = Joined(Absent(plan.Head), blocked);
        // Its entries can be looked at when its end is visible.
        ReconStatus ended = recon.Ending(ReconState.Success, message);
        await analyses.KeepAsync(ended, plan.Head, plan.UsersAsync(recon.Stop), _start.Keep, recon.Stop);
        recon.End(ended, null);
        await _workspace.KeepLearnedAsync(_tenant.Learned, GiveUp);
    }

    /// <summary>Plans and executes.</summary>
    public async Task RunAsync()
    {
        await using TenantPipeline pipeline = session.ForRun(_workspace, _tenant, _signals);
        await using PreparedRun plan = await pipeline.Runs.PrepareAsync(Request(), recon.Stop);
        if (plan.Settled is { } settled) throw Refusals.From(settled) ?? (Exception)new UnreachableException(settled.GetType().Name);
        _counts = await CountAsync(plan);
        if (IsEmpty(plan.Head)) return;
        await ReconNotes.KeepAsync(_workspace.Store, recon, recon.Stop);
        InStore = true;
        RunResult result = await pipeline.Runs.ExecuteAsync(plan, GivenConsent.Instance, recon.Stop);
        // The tenant is free again before the end is visible.
        (RunHeader ended, string? problem) = result switch
        {
            RunResult.Finished finished => (finished.Run, finished.EvidenceProblem),
            RunResult.Blocked { Run: { } blocked } refused => (blocked, refused.EvidenceProblem),
            _ => throw Refusals.From(result) ?? (Exception)new UnreachableException(result.GetType().Name),
        };
        await ReconFigures.RecordAsync(figures, _workspace.Store, session.Settings.Name, ended, GiveUp);
        recon.End(ended, Joined(Absent(plan.Head), problem));
        await ReconNotes.KeepAsync(_workspace.Store, recon, GiveUp);
    }

    private string Reason => $"reconciliation of mapping '{_start.Name}' (transaction {_start.TransactionId})"
        + (_start.Allowance.Reason is { } why ? $": {why}" : "");

    private RunRequest Request() => new()
    {
        Work = new RunWork.Rows(async cancellation =>
            await SourceOpening.OpenAsync(SourceArguments.Named(_start.Mapping.Source), SourceUse.Plain, _workspace, cancellation))
        {
            Only = Only(_start.SourceIds),
        },
        Actor = _start.Actor, RunId = recon.Id, Reason = Reason,
        Allowances = _start.Allowance.Allowances, Allow = _start.Allowance.Allow,
        NewStore = session.NewStore, Incremental = _start.Mapping.Incremental && _start.SourceIds.IsEmpty, Progress = () => recon, OnLocked = recon.SetBegun,
        Notify = text => log.LogInformation("Reconciliation {Id}: {Text}", recon.Id, text),
        ObjectionsAsync = (_, _) => new(Missing(_counts) is { } right ? [right] : ImmutableArray<Diagnostic>.Empty),
    };

    private async Task<ReconCounts> CountAsync(PreparedRun plan)
    {
        ReconCounts counts = await ReconCounts.OfAsync(plan.Head, plan.UsersAsync(recon.Stop), recon.Stop);
        recon.SetPlanned(plan.Head.Summary, counts);
        return counts;
    }

    /// <summary>None of the rows that were asked for is there: there is nothing to run.</summary>
    private bool IsEmpty(PlanHeader plan)
    {
        if (_start.SourceIds.IsEmpty || plan.Summary.Users > 0) return false;
        recon.End(ReconState.Failed, $"The source has no row for {(_start.SourceIds.Length == 1 ? "this id" : "these ids")}. Nothing was written. "
            + "Ask for a user as the source writes it.", null);
        return true;
    }

    /// <summary>Null: every row that was asked for is there.</summary>
    private string? Absent(PlanHeader plan) => plan.Summary.Users >= _start.SourceIds.Length ? null
        : string.Create(CultureInfo.InvariantCulture,
            $"{_start.SourceIds.Length - plan.Summary.Users} of the {_start.SourceIds.Length} ids are in no row of the source.");

    /// <summary>A run does whatever its source says, so the plan itself decides which rights are needed.</summary>
    private Diagnostic? Missing(ReconCounts counts)
    {
        string[] missing = [.. counts.Demands.Where(d => !_start.Can(d.Key)).Select(d => $"'{d.Key.Name()}' for {d.Value}")];
        return missing.Length == 0 ? null : Diagnostic.Error("rightMissing",
            $"The caller lacks rights that operations of this plan need: {string.Join(", ", missing)}. Nothing is written. "
            + "Use a key that has them, or take these operations out of the source.");
    }

    private static string? Joined(string? first, string? second) => first is null ? second : $"{first} {second}".TrimEnd();

    private static Func<SourceRow, bool>? Only(ImmutableArray<string> ids)
    {
        if (ids.IsEmpty) return null;
        HashSet<string> texts = new(ids, StringComparer.OrdinalIgnoreCase);
        HashSet<UserKey> keys = [.. ids.Select(id => UserKey.TryParse(id, out UserKey key) ? key : (UserKey?)null).OfType<UserKey>()];
        return row => texts.Contains(row.UserText) || (row.Key is { } known && keys.Contains(known));
    }
}
