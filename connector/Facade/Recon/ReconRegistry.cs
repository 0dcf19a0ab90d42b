using System.Collections.Immutable;
using ProvisioningConnector.Composition.About;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Facade.Telemetry;
using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Facade.Recon;

/// <summary>The reconciliations of this process: those under way, and the last that ended (docs/openidm.md#reconciliations).</summary>
internal sealed class ReconRegistry(
    FacadeSettings settings, StoredAnalyses analyses, WorkInFlight running, Figures figures, TimeProvider time, ILogger<ReconRegistry> log)
{
    /// <summary>So many that ended are shown.</summary>
    public const int MostEnded = 100;

    private readonly Lock _gate = new();
    private readonly List<ReconJob> _recons = [];

    /// <summary>Newest first.</summary>
    public ImmutableArray<ReconJob> All
    {
        get
        {
            lock (_gate) return [.. Enumerable.Reverse(_recons)];
        }
    }

    public ReconJob? Find(string id) => All.FirstOrDefault(r => r.Id == id);

    /// <summary>Starts one; it goes on after its request, until it ends or the process is stopped.</summary>
    /// <exception cref="FacadeRefusal">503: too many of this tenant or caller are under way, or the process stops.</exception>
    public ReconJob Start(TenantSession session, ReconStart start)
    {
        if (running.Stopping.IsCancellationRequested) throw FacadeRefusal.NotBegun();
        ReconJob recon;
        lock (_gate)
        {
            CheckRoom(start);
            recon = new ReconJob(Identity.NewId(start.Analyze ? 'a' : 'r', time.GetUtcNow()), start, session.Settings.Name, time,
                running.Stopping);
            _recons.Add(recon);
        }

        running.Start(() => Task.Run(() => WorkAsync(session, recon), CancellationToken.None));
        return recon;
    }

    /// <summary>Forgets one that has ended.</summary>
    public void Forget(ReconJob recon)
    {
        lock (_gate) _recons.Remove(recon);
    }

    /// <summary>Each tenant has room of its own, and in it each caller; analyses and runs are counted apart, so that no analysis keeps a run waiting.</summary>
    private void CheckRoom(ReconStart start)
    {
        ReconJob[] alike = [.. _recons.Where(r => r.IsActive && r.Start.Analyze == start.Analyze
            && r.Start.Mapping.Tenant.Equals(start.Mapping.Tenant, StringComparison.OrdinalIgnoreCase))];
        string what = start.Analyze ? "analyses" : "reconciliations";
        int ofCaller = alike.Count(r => r.Start.Actor == start.Actor);
        (int most, string whose, string key) = ofCaller >= settings.MaxReconciliations.PerCaller
            ? (settings.MaxReconciliations.PerCaller, "this caller in this tenant", "PerCaller")
            : (settings.MaxReconciliations.PerTenant, "this tenant", "PerTenant");
        if (ofCaller < settings.MaxReconciliations.PerCaller && alike.Length < settings.MaxReconciliations.PerTenant) return;
        throw new FacadeRefusal(StatusCodes.Status503ServiceUnavailable,
            $"{most} {what} of {whose} are running (Facade:MaxReconciliations:{key}). Wait until one has ended, or cancel one.", TimeSpan.FromSeconds(5))
        { Word = "tooManyReconciliations" };
    }

    private async Task WorkAsync(TenantSession session, ReconJob recon)
    {
        ReconJobRunner work = new(session, recon, analyses, figures, running, log);
        try
        {
            await (recon.Start.Analyze ? work.AnalyzeAsync() : work.RunAsync());
        }
        catch (Exception problem)
        {
            await EndAsync(recon, work, problem);
        }

        ReconStatus status = recon.Status;
        log.LogInformation("Reconciliation {Id} of mapping {Mapping} for {Actor}: {State}",
            recon.Id, recon.Start.Name, recon.Start.Caller.Logged, status.State.Name());
        Trim();
        recon.Dispose();
    }

    /// <summary>An expected problem is reported; anything else is an internal error without details for callers.</summary>
    private async Task EndAsync(ReconJob recon, ReconJobRunner work, Exception problem)
    {
        (int code, string message) = problem switch
        {
            ProvisioningException stopped => (StatusCodes.Status409Conflict, HttpWording.From($"{stopped.Message} {stopped.Advice}".TrimEnd(), stopped.Code)),
            SourceException wrong =>
                (StatusCodes.Status409Conflict, $"The source '{recon.Start.Mapping.Source}' cannot be used ({wrong.Faults[0].Code}). "
                    + $"{string.Join(" ", wrong.Faults.Select(f => $"{f.Message} {f.Advice}"))} Nothing was written."),
            StoreException store => (StatusCodes.Status503ServiceUnavailable, $"The store is not available ({store.Problem})."),
            TenantException tenant =>
                (StatusCodes.Status503ServiceUnavailable, $"The tenant is not available ({tenant.Error.Code}): {tenant.Error.Message}"),
            OperationCanceledException =>
                (StatusCodes.Status503ServiceUnavailable, work.InStore ? "It was stopped." : "It was stopped before anything was written."),
            IOException or UnauthorizedAccessException => (StatusCodes.Status409Conflict, "A file could not be read or written; see the service's log."),
            _ => (StatusCodes.Status500InternalServerError, "Internal error; see the service's log."),
        };
        if (problem is OperationCanceledException) log.LogInformation("Reconciliation {Id} was stopped", recon.Id);
        else if (code == StatusCodes.Status500InternalServerError
        || problem is IOException or UnauthorizedAccessException) log.LogError("Reconciliation {Id}: {Mistake}",
            recon.Id, Unexpected.Document(problem).Message);
        else log.LogWarning("Reconciliation {Id}: {Message}", recon.Id, message);
        if (work.InStore) message = $"{message} {ReconMessages.Resume(recon.Id)}";
        ReconStatus ended = recon.Ending(problem is OperationCanceledException ? ReconState.Canceled : ReconState.Failed, message);
        if (recon.Start.Analyze) await analyses.TryKeepAsync(ended, running.Abandoned);
        recon.End(ended, recon.Begun.IsCompleted ? null : new ReconJob.Refusal(code, message));
    }

    private void Trim()
    {
        lock (_gate)
        {
            foreach (ReconJob one in _recons.Where(r => !r.IsActive).SkipLast(MostEnded).ToArray()) _recons.Remove(one);
        }
    }
}
