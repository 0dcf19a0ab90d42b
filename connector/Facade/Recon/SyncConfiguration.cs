using System.Text.Json;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Openidm;
using ProvisioningConnector.Icf.Attributes;

namespace ProvisioningConnector.Facade.Recon;

/// <summary><c>/openidm/config/sync</c>: the mappings that the caller may see, as OpenIDM has them.</summary>
internal sealed class SyncConfiguration(FacadeSettings settings) : IConfigObjects
{
    // What the columns of a source become; the engine does the rest of the mapping.
    private static readonly (string Source, string Target)[] Properties =
        [("phones", AttributeNames.Phones), ("email", AttributeNames.Email), ("smsSignIn", AttributeNames.SmsSignIn)];

    /// <summary>What is done in the situations that occur here; where it depends on the entry, what is usual.</summary>
    private static readonly (ReconSituation Situation, string Action)[] Policies =
    [
        (ReconSituation.Confirmed, "IGNORE"), (ReconSituation.Found, "UPDATE"), (ReconSituation.Absent, "EXCEPTION"), (ReconSituation.Ambiguous, "EXCEPTION"),
        (ReconSituation.FoundAlreadyLinked, "EXCEPTION"), (ReconSituation.SourceIgnored, "EXCEPTION"),
    ];

    /// <inheritdoc/>
    public IEnumerable<ConfigObject> Of(Caller caller) => [new ConfigObject("sync", json => Write(json, caller))];

    private void Write(Utf8JsonWriter json, Caller caller)
    {
        json.WriteStartObject();
        json.WriteString("_id", "sync");
        json.WriteStartArray("mappings");
        foreach ((string name, MappingSettings mapping) in settings.Mappings.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            if (caller.Can(mapping.Tenant, Right.Read)) Write(json, name, mapping);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, MappingSettings mapping)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("displayName", name);
        json.WriteString("source", ReconResources.Source(mapping.Source));
        json.WriteString("target", ReconResources.Target(mapping.Tenant));
        json.WriteStartArray("properties");
        foreach ((string source, string target) in Properties)
        {
            json.WriteStartObject();
            json.WriteString("source", source);
            json.WriteString("target", target);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("policies");
        foreach ((ReconSituation situation, string action) in Policies)
        {
            json.WriteStartObject();
            json.WriteString("action", action);
            json.WriteString("situation", situation.Name());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
