using System.Globalization;
using System.Text.Json.Nodes;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Plain;

namespace ProvisioningConnector.Facade.OpenApi;

/// <summary>The plain API in OpenAPI 3.1.</summary>
internal static class OpenApi31
{
    private const string Prefix = "#/components/schemas/";
    private const string Json = "application/json";

    /// <param name="origin">Scheme, host and port by which the caller reached us.</param>
    public static JsonObject Make(string origin) => new()
    {
        ["openapi"] = "3.1.1",
        ["info"] = Words.Info,
        ["servers"] = new JsonArray(new JsonObject { ["url"] = origin }),
        ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }, new JsonObject { ["basic"] = new JsonArray() }),
        ["paths"] = Words.Paths(Describe),
        ["components"] = new JsonObject
        {
            ["schemas"] = Schemas.Make(Prefix),
            ["responses"] = new JsonObject
            {
                [Words.ProblemSchema] = new JsonObject
                {
                    ["description"] = "A problem.",
                    ["content"] = new JsonObject { ["application/problem+json"] = new JsonObject { ["schema"] = Ref(Words.ProblemSchema) } }
                }
            },
            ["securitySchemes"] = new JsonObject
            {
                ["bearer"] = new JsonObject
                {
                    ["type"] = "http", ["scheme"] = "bearer",
                    ["description"] = "An API key, or a token of the configured issuer."
                },
                ["basic"] = new JsonObject { ["type"] = "http", ["scheme"] = "basic", ["description"] = "Name of an API key, and the key." },
            },
        },
    };

    private static JsonObject Describe(PlainOperation operation)
    {
        JsonObject reported = new()
        {
            ["operationId"] = operation.Id,
            ["summary"] = operation.Summary,
            ["description"] = $"{operation.Description} Right: {operation.Right.Name()}.",
            ["parameters"] = new JsonArray([.. Parameter.For(operation).Select(Describe)]),
        };
        if (operation.Body is { } body)
        {
            reported["requestBody"] = new JsonObject
            {
                ["required"] = body.Required,
                ["content"] = new JsonObject { [Json] = new JsonObject { ["schema"] = Ref(body.Schema), ["example"] = Words.Example(body.Example) } }
            };
        }

        JsonObject responses = [];
        foreach (AnswerShape answer in operation.Answers) responses[answer.Status.ToString(CultureInfo.InvariantCulture)] = Describe(operation, answer);
        foreach (string status in Problems(operation)) responses[status] = new JsonObject { ["$ref"] = $"#/components/responses/{Words.ProblemSchema}" };
        reported["responses"] = responses;
        return reported;
    }

    private static JsonObject Describe(PlainOperation operation, AnswerShape answer)
    {
        JsonObject reported = new() { ["description"] = answer.Description };
        if (answer.Schema is null || answer.Example is null) return reported;
        bool orPlan = operation.Writes && answer is { Status: StatusCodes.Status200OK, Schema: not "Plan" };
        JsonObject schema = orPlan ? new JsonObject { ["anyOf"] = new JsonArray(Ref(answer.Schema), Ref("Plan")) } : Ref(answer.Schema);
        reported["headers"] = new JsonObject
        {
            ["ETag"] = new JsonObject
            {
                ["description"] = "Revision of the user, for If-Match.",
                ["schema"] = new JsonObject { ["type"] = "string" }
            }
        };
        reported["content"] = new JsonObject { [Json] = new JsonObject { ["schema"] = schema, ["example"] = Words.Example(answer.Example) } };
        return reported;
    }

    private static JsonNode Describe(Parameter parameter)
    {
        JsonObject schema = new() { ["type"] = parameter.Type };
        if (!parameter.Values.IsEmpty) schema["enum"] = Words.List(parameter.Values);
        JsonObject reported = new() { ["name"] = parameter.Name, ["in"] = parameter.In, ["description"] = parameter.Description, ["schema"] = schema };
        if (parameter.In == "path") reported["required"] = true;
        return reported;
    }

    private static string[] Problems(PlainOperation operation) => operation.Writes
        ? ["400", "401", "403", "404", "409", "412", "422", "429", "500", "502", "503", "default"]
        : ["400", "401", "403", "404", "422", "429", "502", "503", "default"];

    private static JsonObject Ref(string schema) => new() { ["$ref"] = Prefix + schema };
}
