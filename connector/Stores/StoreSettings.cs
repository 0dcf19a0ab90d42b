using ProvisioningConnector.Stores.Database;

namespace ProvisioningConnector.Stores;

/// <summary>What a store lies in.</summary>
public enum StoreProvider
{
    Sqlite,
    PostgreSql,
}

/// <summary>Where the store is.</summary>
/// <param name="Provider">What it lies in.</param>
/// <param name="ConnectionString">Of SQLite, its path absolute; or of PostgreSQL, perhaps with a password: never shown.</param>
/// <param name="KeyFile">File of the store's keys; null: beside the SQLite file.</param>
/// <param name="Retention">How long ended runs are kept by <c>runs prune</c>.</param>
public sealed record StoreSettings(StoreProvider Provider, string ConnectionString, string? KeyFile, TimeSpan Retention)
{
    /// <summary>What encrypts the key file; null: it lies in clear.</summary>
    public KeyEncryptionSettings? KeyEncryption { get; init; }

    /// <summary>Which accounts may use its files.</summary>
    public StoreAccess Access { get; init; }
}

/// <summary>What a key file is encrypted with.</summary>
public enum KeyEncryptionKind
{
    /// <summary>An RSA certificate.</summary>
    Certificate,

    /// <summary>A random secret, such as one that a Key Vault holds.</summary>
    Secret,
}

/// <summary>How the key file is encrypted (docs/configuration.md#store).</summary>
/// <param name="Kind">With what.</param>
/// <param name="Path">Certificate: absolute path of the PFX or PEM file.</param>
/// <param name="Password">Certificate: its password; null: none.</param>
/// <param name="Secret">Secret: its value.</param>
/// <param name="Previous">What encrypted it before; the file is encrypted anew when it is written next.</param>
public sealed record KeyEncryptionSettings(KeyEncryptionKind Kind, string? Path, string? Password, string? Secret, KeyEncryptionSettings? Previous = null)
{
    // A record shows its members; secrets stay out of logs and messages.
    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append("Kind = ").Append(Kind);
        return true;
    }
}
