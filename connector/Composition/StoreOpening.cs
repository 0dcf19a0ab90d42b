using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Keys;

namespace ProvisioningConnector.Composition;

/// <summary>Opens the configured store.</summary>
internal static class StoreOpening
{
    /// <exception cref="StoreException">It cannot be opened.</exception>
    public static async ValueTask<DatabaseRunStore> OpenAsync(StoreSettings settings, TimeProvider time, bool create, CancellationToken cancellation)
    {
        RunStoreOptions options = new()
        {
            KeyFile = settings.KeyFile, Create = create, Access = settings.Access,
            KeyEncryption = Encryption(settings.KeyEncryption), PreviousKeyEncryption = Encryption(settings.KeyEncryption?.Previous),
        };
        return settings.Provider switch
        {
            StoreProvider.Sqlite => await SqliteRunStore.OpenAsync(settings.ConnectionString, time, options, cancellation),
            StoreProvider.PostgreSql => await PostgresRunStore.OpenAsync(settings.ConnectionString, time, options, cancellation),
        };
    }

    private static IKeyEncryption? Encryption(KeyEncryptionSettings? settings) => settings switch
    {
        null => null,
        { Kind: KeyEncryptionKind.Certificate } => CertificateKeyEncryption.Load(settings.Path ?? string.Empty, settings.Password),
        { Kind: KeyEncryptionKind.Secret } => new SecretKeyEncryption(settings.Secret ?? string.Empty),
    };
}
