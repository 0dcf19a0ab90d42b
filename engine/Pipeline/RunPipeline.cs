using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>
/// The only way to change a tenant. Every kind of work of every caller passes the same stages in this order:
/// <list type="number">
/// <item>Open: nothing to do for one user ends here, without lock or store. The second audit sink can be written, the store knows the tenant, the
/// tenant is not quarantined (one user; runs probe). The source is opened, the run found.</item>
/// <item>Lock: the tenant, or the user, before anything decisive is read.</item>
/// <item>Plan: rows, the saved plan, what is left of the run, or a function of the state read under the lock.</item>
/// <item>Judge: guardrails; limits over time are counted (runs) or reserved in one transaction (one user). A dry run ends here and has no lock.</item>
/// <item>Authorise: protected users, a probe of the tenant for steps of <c>migrate</c>, the approval of a second person, objections of the caller's
/// rights; then consent.</item>
/// <item>Begin: write credential, the lock is still ours, the saved plan is claimed (once), evidence, journal. From here on the run is finished
/// whatever becomes of its caller.</item>
/// <item>Execute: one user after another as planned, under a <see cref="RunAuthority"/> that is made here and nowhere else.</item>
/// <item>Verify: every changed user is read back.</item>
/// <item>Conclude: outcome, evidence, what was reserved and not used is given back. One user who moved before anything was sent goes back to
/// Plan under the lock, at most <see cref="MostPlans"/> times in all.</item>
/// </list>
/// </summary>
public sealed class RunPipeline
{
    /// <summary>Most plans of one user for one request.</summary>
    public const int MostPlans = 3;

    private readonly PipelinePorts _ports;
    private readonly PipelineSettings _settings;
    private readonly ITenantWriter _writer;
    private readonly RunPlanner _planner;
    private readonly WorkBegun _begun = new();

    /// <param name="ports">What it works with.</param>
    /// <param name="settings">What is in force.</param>
    /// <param name="writer">The way to write. It may load its credential when it is first used; anyone who made it disposes it.</param>
    public RunPipeline(PipelinePorts ports, PipelineSettings settings, ITenantWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        (_ports, _settings, _writer, _planner) = (ports, settings, writer, new RunPlanner(ports, settings));
    }

    /// <summary>Changes of one user that have begun and not ended.</summary>
    public int InFlight => _begun.Count;

    /// <summary>Stages Open to Judge.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellation">Stops; nothing was written.</param>
    /// <exception cref="ProvisioningException">The source, the saved plan or the run cannot be used.</exception>
    /// <exception cref="TenantException">The tenant cannot be worked with.</exception>
    /// <exception cref="StoreException">The store does not work.</exception>
    public Task<PreparedRun> PrepareAsync(RunRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _planner.PrepareAsync(request, cancellation);
    }

    /// <summary>Stages Authorise to Conclude.</summary>
    /// <param name="run">What was prepared; it is disposed when the execution has ended.</param>
    /// <param name="consent">Asks before the first write.</param>
    /// <param name="cancellation">The caller leaves: what has not begun is dropped, what has begun is finished.</param>
    /// <exception cref="OperationCanceledException">The caller left, or the process was asked to stop before the run began.</exception>
    /// <exception cref="StoreException">The store does not work; nothing more was sent.</exception>
    /// <exception cref="TenantException">The tenant cannot be worked with.</exception>
    public async Task<RunResult> ExecuteAsync(PreparedRun run, IConsent consent, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(consent);
        if (run.Settled is { } settled) return settled;
        if (run.Request.DryRun) throw new InvalidOperationException("A dry run is not executed.");
        if (!run.TryOwn()) throw new InvalidOperationException("A prepared run is executed once.");
        Task<RunResult> work = WorkAsync(run, consent, cancellation);
        // The caller of a run of many users has its signals and waits for its end.
        return run.Stages.IsOneUser ? await _begun.WaitAsync(work, _settings.Abandoned, cancellation) : await work;
    }

    /// <summary>Both: what callers need who do not look at the plan between.</summary>
    /// <inheritdoc cref="ExecuteAsync"/>
    public async Task<RunResult> RunAsync(RunRequest request, IConsent consent, CancellationToken cancellation)
    {
        await using PreparedRun run = await PrepareAsync(request, cancellation);
        return await ExecuteAsync(run, consent, cancellation);
    }

    /// <summary>Waits until all changes of one user that have begun are at their end. Their errors went to those who asked.</summary>
    public Task DrainAsync(CancellationToken cancellation) => _begun.DrainAsync(cancellation);

    private async Task<RunResult> WorkAsync(PreparedRun run, IConsent consent, CancellationToken left)
    {
        // Until something is written down, both end it: its caller, and the signal to stop.
        using CancellationTokenSource unbegun = CancellationTokenSource.CreateLinkedTokenSource(left, _ports.Signals.Stop);
        CancellationToken cancellation = unbegun.Token;
        await using (run.Stages)
        {
            for (int plan = 1; ; plan++)
            {
                RunResult? result = await AuthoriseAsync(run, consent, cancellation) ?? await BeginAsync(run.Stages, cancellation);
                if (result is not null) return result;
                // The only place where the right to write is made.
                RunAuthority authority = new(run.RunId, run.Stages.Lock);
                result = await run.Stages.ExecuteAsync(authority, _writer.ForWork(run.Stages.Head.Origin));
                if (result is not null) return result;
                if (plan == MostPlans) return new RunResult.Busy("another process", TimeSpan.FromSeconds(5));
                result = await RunPlanner.PlanAsync(run.Stages, cancellation) ?? await RunPlanner.JudgeAsync(run.Stages, cancellation);
                if (result is not null) return result;
            }
        }
    }

    private async ValueTask<RunResult?> AuthoriseAsync(PreparedRun run, IConsent consent, CancellationToken cancellation)
    {
        Stages work = run.Stages;
        ImmutableArray<Diagnostic> protections = [.. await work.ProtectionsAsync(cancellation), .. await UnprovenAsync(work, cancellation)];
        ImmutableArray<Diagnostic> approval = await work.MissingApprovalAsync(cancellation);
        ImmutableArray<Diagnostic> objections = await run.Request.ObjectionsAsync(run, cancellation);
        ImmutableArray<Diagnostic> why = [.. protections, .. approval, .. objections];
        if (!why.IsEmpty || !work.Head.Applyable) return await work.BlockAsync(Cause(protections, approval, objections), why, cancellation);
        await consent.AskAsync(run, cancellation);
        return null;
    }

    private async ValueTask<ImmutableArray<Diagnostic>> UnprovenAsync(Stages work, CancellationToken cancellation)
    {
        if (!ProbeRule.Concerns(work.Head.Origin, work.TakesBack)) return [];
        TenantIdentity tenant = _ports.Tenant.Identity;
        return ProbeRule.Missing(tenant, await _ports.Probes.FindAsync(tenant.Id, cancellation), _settings.ToolVersion, work.Request.Unproven);
    }

    private static BlockCause Cause(ImmutableArray<Diagnostic> protections, ImmutableArray<Diagnostic> approval, ImmutableArray<Diagnostic> objections) =>
        !protections.IsEmpty ? BlockCause.Protection : !approval.IsEmpty ? BlockCause.Approval : !objections.IsEmpty ? BlockCause.Rights : BlockCause.Guardrail;

    private async ValueTask<RunResult?> BeginAsync(Stages work, CancellationToken cancellation)
    {
        if (await work.ReadyAsync(_writer.ForWork(work.Head.Origin), cancellation) is { } settled) return settled;
        work.Request.OnBegin();
        await work.BeginAsync(cancellation);
        return null;
    }
}
