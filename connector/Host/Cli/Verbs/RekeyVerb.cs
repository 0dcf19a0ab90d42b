using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Stores;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>store rekey</c>: a new encryption key for everything in the store.</summary>
internal sealed class RekeyVerb(CommonOptions options, Terminal terminal, TimeProvider time, ResultLines results)
{
    /// <param name="yes">Do not ask.</param>
    /// <param name="stop">Stops; what was begun goes on when called again.</param>
    public async Task<int> RunAsync(bool yes, CancellationToken stop)
    {
        ConnectorSettings settings = SettingsFile.Read(options.ConfigFile);
        Confirmation.AskBefore(terminal, yes, "Everything in the store is encrypted with a new key, and the earlier key is removed from the key file. "
            + "Backups of the store need the key file as it is now, so keep a copy of it with each backup.");
        await using DatabaseRunStore store = await StoreOpening.OpenAsync(settings.Store, time, create: false, stop);
        long values = await store.RekeyAsync(stop);
        await results.WriteAsync(new { kind = "rekeyed", formatVersion = "1.0", values },
            [$"{Quantity.Of(values, "value")} encrypted with the new key; the earlier key is gone from the key file. Back up the key file, and copy it to "
                + "every host that uses this store."]);
        return ExitCodes.Done;
    }
}
