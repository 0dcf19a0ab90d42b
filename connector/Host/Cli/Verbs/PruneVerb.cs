using System.Globalization;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Stores;
using ProvisioningConnector.Stores.Runs;
using ProvisioningConnector.Stores.Upkeep;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>runs prune</c>: forgets old runs of all tenants.</summary>
internal sealed class PruneVerb(CommonOptions options, Terminal terminal, TimeProvider time, ResultLines results)
{
    /// <param name="olderThan">How long ago a run must have ended; null: <c>Store:Retention</c>.</param>
    /// <param name="yes">Do not ask.</param>
    /// <param name="stop">Stops.</param>
    public async Task<int> RunAsync(TimeSpan? olderThan, bool yes, CancellationToken stop)
    {
        if (options.Tenant is not null)
        {
            throw new ProvisioningException("pruneIsForAll",
                "'runs prune' deletes old runs of all tenants in the store; it takes no --tenant. Nothing was deleted.", "Run it without --tenant.");
        }

        ConnectorSettings settings = SettingsFile.Read(options.ConfigFile);
        await using DatabaseRunStore store = await StoreOpening.OpenAsync(settings.Store, time, create: false, stop);
        DateTimeOffset now = RehearsalClock.ForAll(settings.Tenants.Values, time).GetUtcNow();
        TimeSpan kept = olderThan ?? settings.Store.Retention;
        DateTimeOffset before = kept < now - DateTimeOffset.UnixEpoch ? now - kept : DateTimeOffset.UnixEpoch;
        Confirmation.AskBefore(terminal, yes, string.Create(CultureInfo.InvariantCulture,
            $"Runs of all tenants that ended before {before:u} will be deleted with their users and operations. They can no longer be shown or undone."));
        Pruned pruned = await store.PruneAsync(before, stop);
        KeptRuns left = await store.CountRunsAsync(stop);
        await results.WriteAsync(
            new
            {
                kind = "pruned", formatVersion = "1.0", before, runs = pruned.Runs, users = pruned.Users, operations = pruned.Operations,
                kept = new { runs = left.Whole, countsOnly = left.Heads },
            },
            [string.Create(CultureInfo.InvariantCulture, $"Deleted: {Quantity.Of(pruned.Runs, "run")} that ended before {before:u}, with "
                + $"{Quantity.Of(pruned.Users, "user")} and {Quantity.Of(pruned.Operations, "operation")}."),
             $"Kept: {Quantity.Of(left.Whole, "run")}; of {Quantity.Of(left.Heads, "more run")} only the counts."]);
        return ExitCodes.Done;
    }
}
