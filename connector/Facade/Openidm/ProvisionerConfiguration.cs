using System.Text.Json;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Crest.Requests;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Authorization;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Icf.Objects;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>
/// <c>GET /openidm/config/provisioner.openicf/{tenant}</c>: a provisioner's configuration as
/// OpenIDM has it, in which clients read the schema (docs/openidm.md#actions). Nothing of the
/// real configuration is shown, and nothing can be written.
/// </summary>
internal sealed class ProvisionerConfiguration(ConnectorSettings settings, SystemCalls calls, SystemAnswers answers) : IEndpoints, IConfigObjects
{
    private static readonly string[] Operations = ["UPDATE", "SEARCH", "SYNC", "TEST", "SCHEMA"];

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) =>
        routes.Map("/openidm/config/provisioner.openicf/{tenant}", context => answers.GiveAsync(context, () => AnswerAsync(context))).ForEveryCaller();

    /// <inheritdoc/>
    public IEnumerable<ConfigObject> Of(Caller caller) => settings.Tenants.Values.Select(t => t.Name).Where(tenant => caller.Can(tenant, Right.Read))
        .Select(tenant => new ConfigObject(ConnectorIdentity.ConfigurationId(tenant), json => Write(json, tenant)));

    private async Task AnswerAsync(HttpContext context)
    {
        string asked = context.GetRouteValue(RequestCaller.TenantValue) as string ?? "";
        context.Demand(asked, Right.Read);
        SystemCall call = calls.OfInstance(context, $"config/{ConnectorIdentity.ConfigurationId(asked)}");
        if (call.Request is not CrestRequest.Read) throw ConfigEndpoints.ReadOnly();
        await Answers.JsonAsync(context, json => Write(json, settings.Tenants[asked].Name));
    }

    private static void Write(Utf8JsonWriter json, string tenant)
    {
        json.WriteStartObject();
        json.WriteString("_id", ConnectorIdentity.ConfigurationId(tenant));
        json.WriteString("name", tenant);
        json.WriteBoolean("enabled", true);
        json.WriteString("displayName", ConnectorIdentity.DisplayName);
        json.WriteStartObject("connectorRef");
        ConnectorIdentity.Write(json);
        json.WriteString("systemType", ConnectorIdentity.SystemType);
        json.WriteString("displayName", ConnectorIdentity.DisplayName);
        json.WriteEndObject();
        json.WriteStartObject("resultsHandlerConfig");
        foreach (string handler in (string[])["enableNormalizingResultsHandler", "enableFilteredResultsHandler",
            "enableCaseInsensitiveFilter", "enableAttributesToGetSearchResultsHandler"]) json.WriteBoolean(handler, false);
        json.WriteEndObject();
        json.WriteStartObject("operationTimeout");
        foreach (string operation in Operations) json.WriteNumber(operation, -1);
        json.WriteEndObject();
        json.WriteStartObject("configurationProperties");
        json.WriteString("tenant", tenant);
        json.WriteEndObject();
        json.WriteStartObject("objectTypes");
        WriteUser(json);
        json.WriteEndObject();
        json.WriteStartObject("operationOptions");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteUser(Utf8JsonWriter json)
    {
        json.WriteStartObject(ObjectClass.User.Name);
        json.WriteString("$schema", "http://json-schema.org/draft-03/schema");
        json.WriteString("id", ObjectClass.User.Name);
        json.WriteString("type", "object");
        json.WriteString("nativeType", ObjectClass.User.Name);
        json.WriteStartObject("properties");
        foreach (AttributeInfo attribute in UserAttributeTable.All) Write(json, attribute);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, AttributeInfo attribute)
    {
        string type = attribute.Kind switch
        {
            AttributeKind.Text or AttributeKind.Guarded => "string",
            AttributeKind.Flag => "boolean",
            AttributeKind.Map => "object",
        };
        json.WriteStartObject(attribute.Name);
        json.WriteString("type", attribute.IsMany() ? "array" : type);
        if (attribute.IsMany())
        {
            json.WriteStartObject("items");
            json.WriteString("type", type);
            json.WriteString("nativeType", type);
            json.WriteEndObject();
        }

        json.WriteString("nativeName", attribute.Name);
        json.WriteString("nativeType", attribute.Kind == AttributeKind.Guarded ? "JAVA_TYPE_GUARDEDSTRING" : type);
        if (attribute.Flags.HasFlag(AttributeFlags.Required)) json.WriteBoolean("required", true);
        json.WriteStartArray("flags");
        foreach ((AttributeFlags flag, string name) in Flags)
        {
            if (attribute.Flags.HasFlag(flag)) json.WriteStringValue(name);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static (AttributeFlags Flag, string Name)[] Flags { get; } =
    [
        (AttributeFlags.NotCreatable, "NOT_CREATABLE"), (AttributeFlags.NotUpdateable, "NOT_UPDATEABLE"), (AttributeFlags.NotReadable, "NOT_READABLE"),
        (AttributeFlags.NotReturnedByDefault, "NOT_RETURNED_BY_DEFAULT"), (AttributeFlags.MultiValued, "MULTIVALUED"),
    ];
}
