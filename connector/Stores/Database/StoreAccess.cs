namespace ProvisioningConnector.Stores.Database;

/// <summary>Which accounts of the machine may use the store's files (docs/configuration.md#store).</summary>
public enum StoreAccess
{
    /// <summary>The account that made them, mode 600.</summary>
    Owner,

    /// <summary>All accounts of the group of the store's directory, mode 660.</summary>
    Group,
}
