using System.Globalization;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Stores;
using ProvisioningConnector.Stores.Upkeep;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>runs prune</c>: forgets old runs of all tenants.</summary>
internal static class PruneVerb
{
    /// <param name="context">What every verb gets.</param>
    /// <param name="olderThan">How long ago a run must have ended; null: <c>Store:Retention</c>.</param>
    public static async Task<int> RunAsync(VerbContext context, TimeSpan? olderThan)
    {
        if (context.Options.Tenant is not null)
        {
            throw new ProvisioningException("pruneIsForAll",
                "'runs prune' forgets old runs of all tenants in the store; --tenant does not narrow it. Nothing was forgotten.", "Run it without --tenant.");
        }

        ConnectorSettings settings = SettingsFile.Read(context.Options.ConfigFile);
        await using DatabaseRunStore store = await StoreOpening.OpenAsync(settings.Store, context.Time, create: false, context.Stop);
        DateTimeOffset now = context.Time.GetUtcNow();
        TimeSpan kept = olderThan ?? settings.Store.Retention;
        DateTimeOffset before = kept < now - DateTimeOffset.UnixEpoch ? now - kept : DateTimeOffset.UnixEpoch;
        Pruned pruned = await store.PruneAsync(before, context.Stop);
        await ResultLines.WriteAsync(context,
            new { kind = "pruned", formatVersion = "1.0", before, runs = pruned.Runs, users = pruned.Users, operations = pruned.Operations },
            [string.Create(CultureInfo.InvariantCulture,
                $"{pruned.Runs} runs that ended before {before:u} were forgotten, with {pruned.Users} users and {pruned.Operations} operations.")]);
        return ExitCodes.Done;
    }
}
