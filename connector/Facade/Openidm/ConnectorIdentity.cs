using System.Text.Json;
using ProvisioningConnector.Composition.About;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>How the connector is named to OpenIDM's clients (docs/openidm.md#actions).</summary>
internal static class ConnectorIdentity
{
    public const string DisplayName = "ProvisioningConnector";
    public const string SystemType = "provisioner.openicf";

    public static string ConfigurationId(string tenant) => $"{SystemType}/{tenant}";

    /// <summary>The members of <c>connectorRef</c>, within an object that has begun.</summary>
    public static void Write(Utf8JsonWriter json)
    {
        json.WriteString("bundleVersion", Identity.ToolVersion);
        json.WriteString("bundleName", "provisioningconnector");
        json.WriteString("connectorName", "ProvisioningConnector.Icf.IcfConnector");
    }
}
