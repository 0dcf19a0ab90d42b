using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ProvisioningConnector.Graph.Readiness;

/// <summary>
/// The shape of an answer: its properties and the kinds of their values, with the values of those alone that are words of the service and never of a
/// person. So no id, name, address, number or secret is in it, whatever the answer holds.
/// </summary>
internal static partial class ProbeShape
{
    private const int MostShapes = 40;

    /// <summary>Properties whose values are words of the service.</summary>
    private static readonly ImmutableHashSet<string> Words = ImmutableHashSet.Create(StringComparer.Ordinal,
        "@odata.type", "state", "status", "targetType", "targetedAuthenticationMethod", "policyMigrationState", "tenantType", "passkeyType", "enforcementType",
        "passkeyDynamicMigration", "userType", "methodsRegistered", "systemPreferredAuthenticationMethods", "memberType", "perUserMfaState",
        "userPreferredMethodForSecondaryAuthentication", "attestationEnforcement", "requirementsSatisfied", "authenticationMethod", "passkeyTypes",
        "userPreferredMethod");

    /// <summary>Properties whose numbers are settings.</summary>
    private static readonly ImmutableHashSet<string> Numbers = ImmutableHashSet.Create(StringComparer.Ordinal,
        "snoozeDurationInDays", "minimumLifetimeInMinutes", "maximumLifetimeInMinutes", "defaultLifetimeInMinutes", "defaultLength", "lifetimeInMinutes");

    /// <param name="answer">What the service said.</param>
    public static JsonNode? Of(JsonElement answer) => Of(answer, string.Empty);

    private static JsonNode? Of(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.Object => OfObject(value),
        JsonValueKind.Array => OfArray(value, name),
        JsonValueKind.String => OfText(value.GetString() ?? string.Empty, name),
        JsonValueKind.Number => Numbers.Contains(name) ? JsonNode.Parse(value.GetRawText()) : "number",
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        _ => throw new System.Diagnostics.UnreachableException(value.ValueKind.ToString()),
    };

    private static JsonObject OfObject(JsonElement value)
    {
        JsonObject shape = [];
        foreach (JsonProperty property in value.EnumerateObject())
        {
            shape[Name().IsMatch(property.Name) ? property.Name : "(other)"] = Of(property.Value, property.Name);
        }

        return shape;
    }

    /// <summary>How many entries, and each shape that occurs, once.</summary>
    private static JsonObject OfArray(JsonElement value, string name)
    {
        Dictionary<string, JsonNode?> shapes = new(StringComparer.Ordinal);
        foreach (JsonElement entry in value.EnumerateArray())
        {
            JsonNode? shape = Of(entry, name);
            if (shapes.Count < MostShapes) shapes.TryAdd(shape?.ToJsonString() ?? "null", shape);
        }

        return new JsonObject { ["entries"] = value.GetArrayLength(), ["shapes"] = new JsonArray([.. shapes.Values]) };
    }

    private static string OfText(string text, string name)
    {
        if (text.Length == 0) return "empty";
        if (Words.Contains(name) && Word().IsMatch(text)) return text;
        if (text is "all_users") return text;
        if (Guid.TryParse(text, out _)) return "id";
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _) && text.Contains('T', StringComparison.Ordinal)
            ? "time" : "text";
    }

    [GeneratedRegex(@"^[@A-Za-z][@A-Za-z._]{0,79}$", RegexOptions.NonBacktracking)]
    private static partial Regex Name();

    [GeneratedRegex(@"^#?[A-Za-z][A-Za-z0-9.]{0,79}$", RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
