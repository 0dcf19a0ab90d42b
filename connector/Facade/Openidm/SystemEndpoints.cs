using System.Text.Json;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Requests;
using ProvisioningConnector.Facade.Authorization;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Icf.Objects;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>Actions on <c>/openidm/system</c> and <c>/openidm/system/{tenant}</c> (docs/openidm.md#actions). Callers see their own tenants only.</summary>
internal sealed class SystemEndpoints(
    ConnectorSettings settings, SystemCalls calls, SystemAnswers answers, SystemTests tests, ApproveAction approve, LiveSync sync) : IEndpoints
{
    private static readonly string[] OfAll = ["test", "availableConnectors", "testConnectorServers", "liveSync", "activeSync"];
    private static readonly string[] OfTenant = ["test", "approve"];
    private static readonly KnownActions AllActions = new(OfAll, LiveSync.Parameters);
    private static readonly KnownActions TenantActions = new(OfTenant, ["allow", "for", "reason"]);

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Map("/openidm/system", context => answers.GiveAsync(context, () => AllAsync(context))).ForEveryCaller();
        routes.Map("/openidm/system/{tenant}", context => answers.GiveAsync(context, () => TenantAsync(context))).ForEveryCaller();
    }

    private async Task AllAsync(HttpContext context)
    {
        SystemCall call = calls.OfCollection(context, "system", AllActions);
        string action = Action(call, OfAll);
        switch (action)
        {
            case "test":
                string[] tenants = [.. settings.Tenants.Values.Select(t => t.Name)
                    .Where(context.Caller().CanAccess).Order(StringComparer.Ordinal)];
                SystemTest[] found = await Task.WhenAll(tenants.Select(tenant => tests.RunAsync(context, tenant)));
                await Answers.JsonAsync(context, json => WriteAll(json, found));
                break;
            case "availableConnectors":
                await Answers.JsonAsync(context, WriteConnectors);
                break;
            case "testConnectorServers":
                await Answers.JsonAsync(context, WriteServers);
                break;
            default:
                await sync.RunAsync(context, Source(context, call), call);
                break;
        }
    }

    private async Task TenantAsync(HttpContext context)
    {
        string tenant = context.GetRouteValue(RequestCaller.TenantValue) as string ?? "";
        SystemCall call = calls.OfCollection(context, $"system/{tenant}", TenantActions);
        if (Action(call, OfTenant) == "approve")
        {
            await approve.RunAsync(context, tenant, call);
            return;
        }

        SystemTest test = await tests.RunAsync(context, tenant);
        await Answers.JsonAsync(context, test.Write);
    }

    /// <summary>The action in its right spelling.</summary>
    private static string Action(SystemCall call, string[] known) => call.Request switch
    {
        CrestRequest.Action action => known.First(k => k.Equals(action.Name, StringComparison.OrdinalIgnoreCase)),
        CrestRequest.Create =>
            throw new CallRefusal(new CrestError(CrestStatus.BadRequest, $"The request needs an action: POST with _action={string.Join('|', known)}.")),
        CrestRequest.Query =>
            throw new CallRefusal(new CrestError(CrestStatus.BadRequest, "Objects are queried in their collection, /openidm/system/{name}/user.")),
        CrestRequest.Describe =>
            throw new CallRefusal(new CrestError(CrestStatus.NotImplemented,
                "No descriptor is served here. GET /openidm/config/provisioner.openicf/{name} has the schema.")),
        CrestRequest.Read or CrestRequest.Update or CrestRequest.Patch or CrestRequest.Delete =>
            throw new InvalidOperationException("A collection is not dispatched so."),
        _ => throw new InvalidOperationException($"A request is of an unknown kind: {call.Request.GetType().Name}."),
    };

    /// <summary>The tenant in <c>source=system/azuread/user</c>.</summary>
    private string Source(HttpContext context, SystemCall call)
    {
        string source = call.Query.ValueOf("source").OrRefuse()
            ?? throw new CallRefusal(new CrestError(CrestStatus.BadRequest, "liveSync requires the parameter 'source', such as system/azuread/user."));
        if (source.Trim('/').Split('/') is not ["system", var tenant, var type] || !new ObjectClass(type).IsUser)
        {
            throw new CallRefusal(new CrestError(CrestStatus.BadRequest, "The parameter 'source' names no system object. Write system/NAME/user."));
        }

        bool known = context.Caller().CanAccess(tenant) && settings.Tenants.ContainsKey(tenant);
        return known ? tenant : throw new CallRefusal(SystemErrors.SystemNotAvailable(tenant));
    }

    private static void WriteAll(Utf8JsonWriter json, SystemTest[] tests)
    {
        json.WriteStartArray();
        foreach (SystemTest test in tests) test.Write(json);
        json.WriteEndArray();
    }

    private static void WriteConnectors(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("connectorRef");
        json.WriteStartObject();
        ConnectorIdentity.Write(json);
        json.WriteString("systemType", ConnectorIdentity.SystemType);
        json.WriteString("displayName", ConnectorIdentity.DisplayName);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>There are no remote ones: this process is the connector.</summary>
    private static void WriteServers(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("openicf");
        json.WriteStartObject();
        json.WriteString("name", "provision");
        json.WriteString("type", "local");
        json.WriteBoolean("ok", true);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
