using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores;

namespace ProvisioningConnector.Composition;

/// <summary>
/// Steps of <c>migrate</c> that cannot be undone any more: their users and operations are forgotten, with the numbers that were removed. Heads, with the
/// counts, and the chain of evidence stay.
/// </summary>
internal static class EndedSteps
{
    private const string Pruned = "pruned";

    /// <param name="store">The open store.</param>
    /// <param name="keptFor">How long a run can be undone; null: it is left alone.</param>
    /// <param name="now">Now.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>How many runs were emptied.</returns>
    public static async Task<int> ForgetAsync(
        DatabaseRunStore store, Func<RunHeader, TimeSpan?> keptFor, DateTimeOffset now, CancellationToken cancellation)
    {
        List<string> over = [];
        await foreach (RunHeader run in store.RunsAsync(cancellation))
        {
            bool ended = run is { Plan.Origin: PlanOrigin.Migration, Outcome: RunOutcome.Succeeded or RunOutcome.Partial, EndedAt: { } at }
                && keptFor(run) is { } kept && at < now - kept;
            if (ended) over.Add(run.RunId);
        }

        int forgotten = 0;
        foreach (string run in over)
        {
            if (await store.FindRunAsync(run, cancellation) is not { } head || head.Diagnostics.Any(static known => known.Code == Pruned)) continue;
            await store.ForgetUsersAsync(run, cancellation);
            forgotten++;
        }

        return forgotten;
    }
}
