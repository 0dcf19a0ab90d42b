using System.Text.Json;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Parameters;
using ProvisioningConnector.Facade.Authorization;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary><c>/openidm/config</c>: the list, queries and single objects, for tools that look there first (docs/openidm.md#configuration).</summary>
internal sealed class ConfigEndpoints(IEnumerable<IConfigObjects> objects, SystemAnswers answers) : IEndpoints
{
    private const string Root = "/openidm/config";

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Map(Root, context => answers.GiveAsync(context, () => ListAsync(context))).ForEveryCaller();
        routes.Map(Root + "/{id}", context => answers.GiveAsync(context, () => ReadAsync(context, RouteText.Value(context, "id") ?? ""))).ForEveryCaller();
    }

    /// <summary>What answers every request that would change something.</summary>
    public static CallRefusal ReadOnly() => new(new CrestError(CrestStatus.Forbidden,
        "The configuration is read only here; an operator changes the settings of the service."));

    private async Task ListAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method)) throw ReadOnly();
        ConfigObject[] all = [.. objects.SelectMany(o => o.Of(context.Caller())).OrderBy(o => o.Id, StringComparer.Ordinal)];
        CrestQuery query = RequestQuery.OfRead(context).OrRefuse();
        if (query.Selector is null)
        {
            await ObjectAnswers.ObjectAsync(context, query, json => WriteList(json, all));
            return;
        }

        // Any field of any object can be compared, as each kind has its own.
        JsonElement[] items = [.. all.Select(Element)];
        string[] fields = [.. items.SelectMany(item => item.EnumerateObject().Select(p => p.Name)).Append("_id").Distinct(StringComparer.Ordinal)];
        ItemQuery asked = ItemQuery.From(query, fields).OrRefuse();
        await asked.AnswerAsync(context, items.ToAsyncEnumerable(), static (item, _) => item);
    }

    private async Task ReadAsync(HttpContext context, string id)
    {
        if (!HttpMethods.IsGet(context.Request.Method)) throw ReadOnly();
        CrestQuery query = RequestQuery.OfRead(context).OrRefuse();
        ConfigObject found = objects.SelectMany(o => o.Of(context.Caller())).FirstOrDefault(o => o.Id == id)
            ?? throw FacadeRefusal.NotFound(context.Request.Path);
        await ObjectAnswers.ObjectAsync(context, query, found.Write);
    }

    private static void WriteList(Utf8JsonWriter json, ConfigObject[] all)
    {
        json.WriteStartObject();
        json.WriteString("_id", "");
        json.WriteStartArray("configurations");
        foreach (ConfigObject one in all)
        {
            string[] parts = one.Id.Split('/', 2);
            json.WriteStartObject();
            json.WriteString("_id", one.Id);
            json.WriteString("pid", one.Id.Replace('/', '.'));
            json.WriteString("factoryPid", parts.Length == 2 ? parts[0] : null);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static JsonElement Element(ConfigObject one)
    {
        using JsonDocument document = ObjectAnswers.Parse(one.Write);
        return document.RootElement.Clone();
    }
}
