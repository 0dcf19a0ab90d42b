using System.Globalization;
using System.Text.Json.Nodes;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Plain;
using ProvisioningConnector.Facade.Plain.Operations;

namespace ProvisioningConnector.Facade.OpenApi;

/// <summary>The plain API in OpenAPI 2.0, which custom connectors of Power Platform import: one
/// way to sign in, no alternatives of schemas, every parameter named.</summary>
internal static class Swagger20
{
    private const string Prefix = "#/definitions/";
    private const string Json = "application/json";

    /// <param name="scheme">http or https.</param>
    /// <param name="host">Host and port by which the caller reached us.</param>
    public static JsonObject Make(string scheme, string host) => new()
    {
        ["swagger"] = "2.0",
        ["info"] = Words.Info,
        ["host"] = host,
        ["basePath"] = "/",
        ["schemes"] = new JsonArray(scheme),
        ["consumes"] = new JsonArray(Json),
        ["produces"] = new JsonArray(Json, "application/problem+json"),
        ["paths"] = Words.Paths(Describe),
        ["definitions"] = Definitions(),
        ["securityDefinitions"] = new JsonObject
        {
            ["basic"] = new JsonObject
            {
                ["type"] = "basic",
                ["description"] = "Name of an API key, and the key."
            }
        },
        ["security"] = new JsonArray(new JsonObject { ["basic"] = new JsonArray() }),
    };

    private static JsonObject Definitions()
    {
        JsonObject all = Schemas.Make(Prefix);
        foreach (BodyShape body in PlainOperations.All.Select(o => o.Body).OfType<BodyShape>())
        {
            if (all[body.Schema] is JsonObject schema) schema["example"] = Words.Example(body.Example);
        }

        return all;
    }

    private static JsonObject Describe(PlainOperation operation)
    {
        JsonArray parameters = new([.. Parameter.For(operation).Select(Describe)]);
        if (operation.Body is { } body)
        {
            parameters.Add((JsonNode)new JsonObject { ["name"] = "body", ["in"] = "body", ["required"] = body.Required, ["schema"] = Ref(body.Schema) });
        }

        JsonObject responses = [];
        foreach (AnswerShape answer in operation.Answers) responses[answer.Status.ToString(CultureInfo.InvariantCulture)] = Describe(answer);
        responses["default"] = new JsonObject { ["description"] = "A problem.", ["schema"] = Ref(Words.ProblemSchema) };
        return new JsonObject
        {
            ["operationId"] = operation.Id,
            ["summary"] = operation.Summary,
            ["description"] = $"{operation.Description} Right: {operation.Right.Name()}.",
            ["parameters"] = parameters,
            ["responses"] = responses,
        };
    }

    private static JsonObject Describe(AnswerShape answer)
    {
        JsonObject reported = new() { ["description"] = answer.Description };
        if (answer.Schema is null || answer.Example is null) return reported;
        reported["schema"] = Ref(answer.Schema);
        reported["examples"] = new JsonObject { [Json] = Words.Example(answer.Example) };
        return reported;
    }

    private static JsonNode Describe(Parameter parameter)
    {
        JsonObject reported = new()
        {
            ["name"] = parameter.Name, ["in"] = parameter.In, ["description"] = parameter.Description,
            ["required"] = parameter.In == "path", ["type"] = parameter.Type, ["x-ms-summary"] = parameter.Title,
        };
        if (!parameter.Values.IsEmpty) reported["enum"] = Words.List(parameter.Values);
        // Identifiers hold signs that a single encoding would take apart.
        if (parameter.In == "path" && parameter.Values.IsEmpty) reported["x-ms-url-encoding"] = "single";
        if (parameter.In != "path") reported["x-ms-visibility"] = "advanced";
        return reported;
    }

    private static JsonObject Ref(string schema) => new() { ["$ref"] = Prefix + schema };
}
