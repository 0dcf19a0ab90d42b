using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ProvisioningConnector.Facade.Tests.Plain;

/// <summary>Checks a document against a JSON schema of draft 4, as far as the schema of Swagger 2.0 uses it. References to draft 4 itself fit
/// anything.</summary>
internal static class SchemaCheck
{
    public static IReadOnlyList<string> Faults(JsonObject schema, JsonNode document) => [.. Check(schema, schema, document, "")];

    private static IEnumerable<string> Check(JsonObject root, JsonObject schema, JsonNode? value, string place)
    {
        if (schema["$ref"]?.GetValue<string>() is { } reference)
        {
            return !reference.StartsWith('#') ? [] : Check(root, Find(root, reference), value, place);
        }

        return
        [
            .. OfType(schema, value, place), .. Combined(root, schema, value, place),
            .. value switch
            {
                JsonObject some => OfObject(root, schema, some, place),
                JsonArray list => OfList(root, schema, list, place),
                _ => OfText(schema, value, place),
            },
        ];
    }

    private static IEnumerable<string> OfType(JsonObject schema, JsonNode? value, string place)
    {
        string kind = value?.GetValueKind() switch
        {
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            JsonValueKind.String => "string",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            JsonValueKind.Number => value.ToJsonString().Contains('.', StringComparison.Ordinal) ? "number" : "integer",
            _ => "null",
        };
        string[] types = schema["type"] switch
        {
            JsonArray several => [.. several.Select(t => t!.GetValue<string>())],
            JsonValue one => [one.GetValue<string>()],
            _ => [],
        };
        if (types.Length > 0 && !types.Contains(kind) && !(kind == "integer" && types.Contains("number"))) yield return $"{place}: is {kind}";
        if (schema["enum"] is JsonArray allowed && !allowed.Any(a => JsonNode.DeepEquals(a, value))) yield return $"{place}: {value} is not allowed";
    }

    private static IEnumerable<string> Combined(JsonObject root, JsonObject schema, JsonNode? value, string place)
    {
        if (schema["oneOf"] is JsonArray one && one.Count(s => Fits(root, s!, value)) != 1) yield return $"{place}: does not fit one of {one.Count}";
        if (schema["anyOf"] is JsonArray any && !any.Any(s => Fits(root, s!, value))) yield return $"{place}: fits none of {any.Count}";
        if (schema["allOf"] is JsonArray all && !all.All(s => Fits(root, s!, value))) yield return $"{place}: does not fit all of {all.Count}";
        if (schema["not"] is JsonObject not && Fits(root, not, value)) yield return $"{place}: fits what it must not";
    }

    private static IEnumerable<string> OfObject(JsonObject root, JsonObject schema, JsonObject value, string place)
    {
        foreach (string name in (schema["required"] as JsonArray ?? []).Select(r => r!.GetValue<string>()).Where(name => !value.ContainsKey(name)))
            yield return $"{place}: {name} is missing";
        if (value.Count < (schema["minProperties"]?.GetValue<int>() ?? 0)) yield return $"{place}: too few members";
        foreach ((string name, JsonNode? member) in value)
        {
            JsonNode?[] own =
            [
                schema["properties"]?[name],
                .. (schema["patternProperties"] as JsonObject ?? []).Where(p => Regex.IsMatch(name, p.Key, RegexOptions.NonBacktracking)).Select(p => p.Value),
            ];
            JsonObject[] found = [.. own.OfType<JsonObject>()];
            if (found.Length == 0 && schema["additionalProperties"] is JsonObject others) found = [others];
            else if (found.Length == 0 && schema["additionalProperties"]?.GetValueKind() == JsonValueKind.False) yield return $"{place}: {name} is unknown";
            foreach (string fault in found.SelectMany(s => Check(root, s, member, $"{place}/{name}"))) yield return fault;
        }
    }

    private static IEnumerable<string> OfList(JsonObject root, JsonObject schema, JsonArray value, string place)
    {
        if (value.Count < (schema["minItems"]?.GetValue<int>() ?? 0)) yield return $"{place}: too few items";
        if (schema["uniqueItems"]?.GetValue<bool>() == true && value.Select(v => v?.ToJsonString()).Distinct().Count() != value.Count)
            yield return $"{place}: an item twice";
        if (schema["items"] is not JsonObject items) yield break;
        foreach (string fault in value.SelectMany((item, i) => Check(root, items, item, $"{place}/{i}"))) yield return fault;
    }

    private static IEnumerable<string> OfText(JsonObject schema, JsonNode? value, string place) =>
        schema["pattern"]?.GetValue<string>() is { } pattern && value?.GetValueKind() == JsonValueKind.String
            && !Regex.IsMatch(value.GetValue<string>(), pattern, RegexOptions.NonBacktracking) ? [$"{place}: does not match {pattern}"] : [];

    private static bool Fits(JsonObject root, JsonNode schema, JsonNode? value) => !Check(root, schema.AsObject(), value, "").Any();

    private static JsonObject Find(JsonObject root, string reference) =>
        reference[2..].Split('/').Aggregate((JsonNode)root, (node, part) => node[part] ?? throw new InvalidOperationException(reference)).AsObject();
}
