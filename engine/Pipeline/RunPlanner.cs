using System.Diagnostics;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>The stages Open to Judge of <see cref="RunPipeline"/>, and all that a dry run needs. It has no member that writes to a tenant.</summary>
public sealed class RunPlanner
{
    private readonly PipelinePorts _ports;
    private readonly PipelineSettings _settings;
    private readonly OneUserMemory _memory;
    private bool _isKnown;

    /// <param name="ports">What it works with.</param>
    /// <param name="settings">What is in force.</param>
    public RunPlanner(PipelinePorts ports, PipelineSettings settings)
    {
        ArgumentNullException.ThrowIfNull(ports);
        ArgumentNullException.ThrowIfNull(settings);
        (_ports, _settings) = (ports, settings);
        _memory = new OneUserMemory(ports, settings);
    }

    /// <summary>A dry run: plan only.</summary>
    /// <inheritdoc cref="RunPipeline.PrepareAsync"/>
    public Task<PreparedRun> PlanAsync(RunRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PrepareAsync(request with { DryRun = true }, cancellation);
    }

    internal async Task<PreparedRun> PrepareAsync(RunRequest request, CancellationToken cancellation)
    {
        using CancellationTokenSource unbegun = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _ports.Signals.Stop);
        PreparedRun run = new(StagesOf(request));
        bool done = false;
        try
        {
            run.Settled = await OpenAsync(run.Stages, unbegun.Token)
                ?? await LockAsync(run.Stages, unbegun.Token)
                ?? await PlanAsync(run.Stages, unbegun.Token)
                ?? await JudgeAsync(run.Stages, unbegun.Token);
            done = true;
            return run;
        }
        finally
        {
            if (!done) await run.DisposeAsync();
        }
    }

    private async ValueTask<RunResult?> OpenAsync(Stages work, CancellationToken cancellation)
    {
        if (await work.LookAsync(cancellation) is { } settled) return settled;
        if (!work.Request.DryRun)
        {
            if (SecondSinkProblem(work.Request) is { } noSink) return noSink;
            if (await NewStoreAsync(work, cancellation) is { } newStore) return newStore;
            if (work.IsOneUser && await _ports.Quarantines.FindAsync(_ports.Tenant.Identity.Id, cancellation) is { } quarantine)
            {
                return new RunResult.Blocked(BlockCause.Quarantine, [quarantine.Refusal()]);
            }
        }

        return await work.OpenAsync(cancellation);
    }

    private RunResult.Blocked? SecondSinkProblem(RunRequest request)
    {
        try
        {
            _ports.Evidence(request.Actor).CheckSecondSink();
            return null;
        }
        catch (ProvisioningException problem)
        {
            return new RunResult.Blocked(BlockCause.Evidence, [Diagnostic.Error(problem.Code, problem.Message)]) { Advice = problem.Advice };
        }
    }

    /// <summary>
    /// A store's memory is a safeguard: without it drift, limits over time, undo and the lease have nothing to go by. So a store that does not
    /// know a real tenant yet is used for writing only when the caller says that it is new.
    /// </summary>
    private async ValueTask<RunResult?> NewStoreAsync(Stages work, CancellationToken cancellation)
    {
        TenantIdentity tenant = _ports.Tenant.Identity;
        if (_isKnown || _ports.Tenant.IsLoopback || !work.NeedsKnownStore) return null;
        string note = $"newStore:{tenant.Id}";
        bool isKnown = await _ports.Store.HasFinishedRunAsync(tenant.Id, cancellation) || await _ports.Store.ReadNoteAsync(note, cancellation) is not null;
        if (!isKnown && work.Request.NewStore)
        {
            await _ports.Evidence(work.Request.Actor).NewStoreAsync(tenant, work.Request.Reason, cancellation);
            await _ports.Store.WriteNoteAsync(note, work.Request.Actor, cancellation);
            isKnown = true;
        }

        _isKnown = isKnown;
        if (isKnown) return null;
        return new RunResult.Blocked(BlockCause.NewStore, [Diagnostic.Error("newStore",
            $"The store holds no finished run of the tenant '{tenant.Name}' ({tenant.Id}), so it may be the wrong or a new store. Nothing was written.")])
        {
            Advice = "If this is the first apply to this tenant with this store, add --new-store, once (of the service: provision serve --new-store). "
                + "If there were runs before, point Store:ConnectionString at their store, or restore it from its backup. "
                + "Continue an interrupted first run with 'provision resume'.",
        };
    }

    private static async ValueTask<RunResult?> LockAsync(Stages work, CancellationToken cancellation) =>
        work.Request.DryRun ? null : await work.LockAsync(cancellation);

    internal static ValueTask<RunResult?> PlanAsync(Stages work, CancellationToken cancellation)
    {
        work.Request.OnLocked();
        return work.PlanAsync(cancellation);
    }

    internal static ValueTask<RunResult?> JudgeAsync(Stages work, CancellationToken cancellation) => work.JudgeAsync(cancellation);

    private Stages StagesOf(RunRequest request)
    {
        string runId = request.RunId ?? _settings.NewId('r');
        return request.Work switch
        {
            RunWork.Rows rows => new RowStages(_ports, _settings, request, rows, runId),
            RunWork.SavedPlan saved => new SavedPlanStages(_ports, _settings, request, saved.Plan, runId),
            RunWork.Resumed resume => new ResumeStages(_ports, _settings, request, resume.RunId),
            RunWork.Change change => new ChangeStages(_ports, _settings, request, change.User, _memory, runId),
            _ => throw new UnreachableException(request.Work.GetType().Name),
        };
    }
}
