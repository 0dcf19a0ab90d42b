namespace ProvisioningConnector.Facade.Recon;

/// <summary>How source and tenant of a mapping are named where OpenIDM names resources.</summary>
internal static class ReconResources
{
    public static string Source(string name) => $"source/{name}";

    public static string Target(string tenant) => $"system/{tenant}/user";
}
