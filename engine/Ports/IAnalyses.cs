using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Ports;

/// <summary>Keeps plans that were made to be looked at, and whom they are about. Every member may end in a <see cref="StoreException"/>.</summary>
public interface IAnalyses
{
    /// <summary>Keeps one; no one sees it before it is whole. What is over, and what is too much, is forgotten.</summary>
    /// <param name="analysis">Not kept yet.</param>
    /// <param name="users">Whom its plan is about, in the order in which they are handed out.</param>
    /// <param name="kept">How long and how many.</param>
    /// <param name="cancellation">Stops; then it is not kept.</param>
    ValueTask KeepAsync(Analysis analysis, IAsyncEnumerable<PlannedUser> users, AnalysisRetention kept, CancellationToken cancellation);

    /// <summary>Null: there is none, or it is over.</summary>
    ValueTask<Analysis?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>All that are not over, newest first.</summary>
    IAsyncEnumerable<Analysis> AllAsync(CancellationToken cancellation);

    /// <summary>Whom one is about; none when it is not kept any more, or was kept without them.</summary>
    IAsyncEnumerable<PlannedUser> UsersAsync(string id, CancellationToken cancellation);

    /// <summary>Forgets one.</summary>
    ValueTask ForgetAsync(string id, CancellationToken cancellation);
}

/// <summary>How long and how many.</summary>
/// <param name="Until">The point in time from which it is over.</param>
/// <param name="Most">So many of the newest are kept.</param>
/// <param name="MostPlans">So many of the newest are kept with whom they are about.</param>
public sealed record AnalysisRetention(DateTimeOffset Until, int Most, int MostPlans);
