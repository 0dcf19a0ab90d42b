namespace ProvisioningConnector.Stores.Database;

/// <summary>How to open a run store.</summary>
public sealed record RunStoreOptions
{
    /// <summary>The file with the store's secrets (<c>Store:KeyFile</c>); null for the database's path with <c>.key</c> behind it (SQLite only).</summary>
    public string? KeyFile { get; init; }

    /// <summary>Encrypts the key file; null: it lies in clear.</summary>
    public IKeyEncryption? KeyEncryption { get; init; }

    /// <summary>Opens a key file that was encrypted before <see cref="KeyEncryption"/> was changed.</summary>
    public IKeyEncryption? PreviousKeyEncryption { get; init; }

    /// <summary>Which accounts may use the store's files.</summary>
    public StoreAccess Access { get; init; }

    /// <summary>Whether to make a store where there is none. Verbs that only look say false.</summary>
    public bool Create { get; init; } = true;

    /// <summary>How long to wait for another process that holds the database; whole seconds, at least one.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Most pages of the database; for tests of a full disk.</summary>
    internal long? MaxPages { get; init; }
}
