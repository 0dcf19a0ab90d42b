namespace ProvisioningConnector.Engine.Model;

/// <summary>The e-mail method that the tenant holds: one per user, for password reset only (graph-facts 3).</summary>
public sealed record CurrentEmail(string Id, string Address)
{
    /// <summary>Addresses are compared ignoring case: the service keeps them as typed.</summary>
    public bool Holds(string address) => string.Equals(Address, address, StringComparison.OrdinalIgnoreCase);
}
