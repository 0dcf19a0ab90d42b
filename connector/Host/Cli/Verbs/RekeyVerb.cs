using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Stores;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>store rekey</c>: a new encryption key for everything in the store.</summary>
internal static class RekeyVerb
{
    public static async Task<int> RunAsync(VerbContext context)
    {
        ConnectorSettings settings = SettingsFile.Read(context.Options.ConfigFile);
        await using DatabaseRunStore store = await StoreOpening.OpenAsync(settings.Store, context.Time, create: false, context.Stop);
        long values = await store.RekeyAsync(context.Stop);
        await ResultLines.WriteAsync(context, new { kind = "rekeyed", formatVersion = "1.0", values },
            [$"{values} values are sealed with the new key; the earlier key is gone from the key file. Back up the key file, and copy it to every host that "
                + $"uses this store."]);
        return ExitCodes.Done;
    }
}
