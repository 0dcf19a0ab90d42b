using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Stores;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>store rekey</c>: a new encryption key for everything in the store.</summary>
internal sealed class RekeyVerb(CommonOptions options, TimeProvider time, ResultLines results)
{
    public async Task<int> RunAsync(CancellationToken stop)
    {
        ConnectorSettings settings = SettingsFile.Read(options.ConfigFile);
        await using DatabaseRunStore store = await StoreOpening.OpenAsync(settings.Store, time, create: false, stop);
        long values = await store.RekeyAsync(stop);
        await results.WriteAsync(new { kind = "rekeyed", formatVersion = "1.0", values },
            [$"{values} values are sealed with the new key; the earlier key is gone from the key file. Back up the key file, and copy it to every host that "
                + $"uses this store."]);
        return ExitCodes.Done;
    }
}
