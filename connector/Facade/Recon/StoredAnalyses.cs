using System.Runtime.CompilerServices;
using System.Text.Json;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Facade.Recon;

/// <summary>Analyses as the store keeps them, sealed: they outlive the process, and every process of the store shows them.</summary>
internal sealed class StoredAnalyses(SharedStore shared, TimeProvider time, ILogger<StoredAnalyses> log)
{
    /// <summary>So long an analysis is kept: what it says of a tenant is soon no more so.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    /// <summary>So many are kept with their entries.</summary>
    public const int MostPlans = 20;

    private readonly IAnalyses _store = shared.Store.Analyses;

    /// <summary>Keeps one that has ended.</summary>
    /// <param name="status">As it ended.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="users">Whom the plan is about.</param>
    /// <param name="withUsers">Whether they can be looked at afterwards.</param>
    /// <param name="cancellation">Stops.</param>
    public ValueTask KeepAsync(ReconStatus status, PlanHeader? plan, IAsyncEnumerable<PlannedUser> users, bool withUsers, CancellationToken cancellation) =>
        _store.KeepAsync(new Analysis(status.Id, JsonSerializer.Serialize(status), plan), withUsers ? users : AsyncEnumerable.Empty<PlannedUser>(),
            new AnalysisRetention(time.GetUtcNow() + KeptFor, ReconRegistry.MostEnded, MostPlans), cancellation);

    /// <summary>Keeps one that came to nothing. Where the store is what is wrong, it is shown by this process only.</summary>
    public async ValueTask TryKeepAsync(ReconStatus status, CancellationToken cancellation)
    {
        try
        {
            await KeepAsync(status, null, AsyncEnumerable.Empty<PlannedUser>(), false, cancellation);
        }
        catch (StoreException problem)
        {
            log.LogWarning("Analysis {Id} could not be stored: {Problem}", status.Id, problem.Problem);
        }
        catch (OperationCanceledException)
        {
            log.LogWarning("Analysis {Id} could not be stored: the process stops", status.Id);
        }
    }

    /// <summary>Null: there is none.</summary>
    public async ValueTask<ReconStatus?> FindAsync(string id, CancellationToken cancellation) =>
        await _store.FindAsync(id, cancellation) is { } found ? StatusOf(found) : null;

    /// <summary>Newest first.</summary>
    public async IAsyncEnumerable<ReconStatus> AllAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (Analysis found in _store.AllAsync(cancellation))
        {
            if (StatusOf(found) is { } status) yield return status;
        }
    }

    public ValueTask ForgetAsync(string id, CancellationToken cancellation) => _store.ForgetAsync(id, cancellation);

    /// <summary>Everybody in one who is not equal, full values; no one when they were not kept.</summary>
    public static async ValueTask<IAsyncEnumerable<UserEntry>> UsersAsync(SharedStore shared, string id, CancellationToken cancellation) =>
        await shared.Store.Analyses.FindAsync(id, cancellation) is { Plan: { } plan }
            ? Report.From(plan, end => shared.Store.Analyses.UsersAsync(id, end), shared.Digests).Users(cancellation)
            : AsyncEnumerable.Empty<UserEntry>();

    private static ReconStatus? StatusOf(Analysis analysis) => JsonSerializer.Deserialize<ReconStatus>(analysis.Status);
}
