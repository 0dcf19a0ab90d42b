using System.Collections.Immutable;
using ProvisioningConnector.Composition.About;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Facade.Telemetry;
using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Facade.Recon;

/// <summary>The reconciliations of this process: those under way, and the last that ended (docs/openidm.md#reconciliations).</summary>
internal sealed class ReconRegistry(WorkInFlight running, Figures figures, TimeProvider time, ILogger<ReconRegistry> log) : IAsyncDisposable
{
    /// <summary>So many at once.</summary>
    public const int MostAtOnce = 10;

    /// <summary>So many that ended are shown.</summary>
    public const int MostEnded = 100;

    /// <summary>So many plans of analyses are kept; each lies in a file.</summary>
    public const int MostPlans = 20;

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
    /// <exception cref="FacadeRefusal">503: too many are under way, or the process stops.</exception>
    public ReconJob Start(TenantSession session, ReconStart start)
    {
        if (running.Stopping.IsCancellationRequested) throw FacadeRefusal.NotBegun();
        ReconJob recon;
        lock (_gate)
        {
            if (_recons.Count(r => r.IsActive) >= MostAtOnce)
            {
                throw new FacadeRefusal(StatusCodes.Status503ServiceUnavailable,
                    $"{MostAtOnce} reconciliations are under way. Wait until one has ended, or cancel one.", TimeSpan.FromSeconds(5));
            }

            recon = new ReconJob(Identity.NewId(start.Analyze ? 'a' : 'r', time.GetUtcNow()), start, session.Settings.Name, time,
                running.Stopping);
            _recons.Add(recon);
        }

        running.Start(() => Task.Run(() => WorkAsync(session, recon), CancellationToken.None));
        return recon;
    }

    /// <summary>Forgets one that has ended.</summary>
    public async ValueTask ForgetAsync(ReconJob recon)
    {
        lock (_gate) _recons.Remove(recon);
        await ReleaseAsync(recon);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ReconJob recon in All) await ForgetAsync(recon);
    }

    private async Task WorkAsync(TenantSession session, ReconJob recon)
    {
        ReconJobRunner work = new(session, recon, figures, running, log);
        try
        {
            await (recon.Start.Analyze ? work.AnalyzeAsync() : work.RunAsync());
        }
        catch (Exception problem)
        {
            End(recon, work, problem);
        }

        ReconStatus status = recon.Status;
        log.LogInformation("Reconciliation {Id} of mapping {Mapping} for {Actor}: {State}",
            recon.Id, recon.Start.Name, recon.Start.Caller.Logged, status.State.Name());
        await TrimAsync();
        recon.Dispose();
    }

    /// <summary>An expected problem is reported; anything else is an internal error without details for callers.</summary>
    private void End(ReconJob recon, ReconJobRunner work, Exception problem)
    {
        (int code, string message) = problem switch
        {
            ProvisioningException stopped => (StatusCodes.Status409Conflict, HttpWording.From($"{stopped.Message} {stopped.Advice}".TrimEnd(), stopped.Code)),
            SourceException wrong =>
                (StatusCodes.Status409Conflict, $"The source '{recon.Start.Mapping.Source}' cannot be used ({wrong.Faults[0].Code}). "
                    + $"{string.Join(" ", wrong.Faults.Select(f => $"{f.Message} {f.Advice}"))} Nothing was written."),
            StoreException store => (StatusCodes.Status503ServiceUnavailable, $"The store cannot be used now ({store.Problem})."),
            TenantException tenant =>
                (StatusCodes.Status503ServiceUnavailable, $"The tenant cannot be worked with now ({tenant.Error.Code}): {tenant.Error.Message}"),
            OperationCanceledException =>
                (StatusCodes.Status503ServiceUnavailable, work.InStore ? "It was stopped." : "It was stopped before anything was written."),
            IOException or UnauthorizedAccessException => (StatusCodes.Status409Conflict, "A file could not be read or written; the service's log has more."),
            _ => (StatusCodes.Status500InternalServerError, "Internal error; its log has more."),
        };
        if (problem is OperationCanceledException) log.LogInformation("Reconciliation {Id} was stopped", recon.Id);
        else if (code == StatusCodes.Status500InternalServerError
        || problem is IOException or UnauthorizedAccessException) log.LogError("Reconciliation {Id}: {Mistake}",
            recon.Id, Unexpected.Document(problem).Message);
        else log.LogWarning("Reconciliation {Id}: {Message}", recon.Id, message);
        if (work.InStore) message = $"{message} {ReconMessages.Resume(recon.Id)}";
        bool canceled = problem is OperationCanceledException;
        recon.End(canceled ? ReconState.Canceled : ReconState.Failed, message, recon.Begun.IsCompleted ? null : new ReconJob.Refusal(code, message));
    }

    private async ValueTask TrimAsync()
    {
        ReconJob[] gone;
        ReconJob[] emptied;
        lock (_gate)
        {
            ReconJob[] ended = [.. _recons.Where(r => !r.IsActive)];
            gone = [.. ended.SkipLast(MostEnded)];
            foreach (ReconJob one in gone) _recons.Remove(one);
            emptied = [.. ended.Where(r => r.Plan is not null).SkipLast(MostPlans)];
        }

        foreach (ReconJob one in gone.Union(emptied)) await ReleaseAsync(one);
    }

    private static async ValueTask ReleaseAsync(ReconJob recon)
    {
        if (recon.TakePlan() is { } plan) await plan.ReleaseAsync();
    }
}
