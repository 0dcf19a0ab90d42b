using System.Text.Json;
using ProvisioningConnector.Icf.Objects;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>What <c>_action=test</c> finds of a tenant. A test that fails is a result, not an error (docs/openidm.md#actions).</summary>
/// <param name="Name">The tenant.</param>
/// <param name="Problem">Null: all is well.</param>
internal sealed record SystemTest(string Name, string? Problem)
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name", Name);
        json.WriteBoolean("enabled", true);
        json.WriteString("config", $"config/{ConnectorIdentity.ConfigurationId(Name)}");
        json.WriteStartObject("connectorRef");
        ConnectorIdentity.Write(json);
        json.WriteEndObject();
        json.WriteString("displayName", ConnectorIdentity.DisplayName);
        json.WriteStartArray("objectTypes");
        json.WriteStringValue("__ALL__");
        json.WriteStringValue(ObjectClass.User.Name);
        json.WriteEndArray();
        json.WriteBoolean("ok", Problem is null);
        if (Problem is not null) json.WriteString("error", Problem);
        json.WriteEndObject();
    }
}
