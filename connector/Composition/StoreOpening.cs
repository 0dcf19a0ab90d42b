using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Keys;

namespace ProvisioningConnector.Composition;

/// <summary>Opens the configured store.</summary>
internal static class StoreOpening
{
    /// <param name="settings">Which.</param>
    /// <param name="time">The clock.</param>
    /// <param name="create">Whether to make it where there is none.</param>
    /// <param name="cancellation">Stops.</param>
    /// <param name="patience">How long to wait for another process that holds it; null: as usual.</param>
    /// <exception cref="StoreException">It cannot be opened.</exception>
    public static async ValueTask<DatabaseRunStore> OpenAsync(
        StoreSettings settings, TimeProvider time, bool create, CancellationToken cancellation, TimeSpan? patience = null)
    {
        RunStoreOptions options = new()
        {
            KeyFile = settings.KeyFile, Create = create, Access = settings.Access,
            KeyEncryption = Encryption(settings.KeyEncryption), PreviousKeyEncryption = Encryption(settings.KeyEncryption?.Previous),
        };
        if (patience is { } wait) options = options with { LockTimeout = wait };
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
