using System.Globalization;
using System.Text.Json.Nodes;

namespace ProvisioningConnector.TestKit.Kept;

/// <summary>
/// Compares JSON with what a fixture keeps of it: every property of the fixture is there with its value. More properties than the fixture has
/// are no difference; more or fewer elements of a list are one.
/// </summary>
public static class KeptJson
{
    /// <summary>Where the found value is not as the fixture says; empty when it is.</summary>
    /// <param name="kept">Of the fixture.</param>
    /// <param name="found">Of today.</param>
    /// <param name="except">Names of properties whose values do not count.</param>
    public static string[] Differences(JsonNode? kept, JsonNode? found, params string[] except)
    {
        List<string> all = [];
        Compare("$", kept, found, except, all);
        return [.. all];
    }

    private static void Compare(string path, JsonNode? kept, JsonNode? found, string[] except, List<string> all)
    {
        switch (kept, found)
        {
            case (JsonObject left, JsonObject right):
                foreach ((string name, JsonNode? value) in left)
                {
                    if (except.Contains(name, StringComparer.Ordinal)) continue;
                    if (right.TryGetPropertyValue(name, out JsonNode? other)) Compare($"{path}.{name}", value, other, except, all);
                    else all.Add($"{path}.{name}: is missing, was {Short(value)}");
                }

                break;
            case (JsonArray left, JsonArray right) when left.Count == right.Count:
                for (int at = 0; at < left.Count; at++) Compare(string.Create(CultureInfo.InvariantCulture, $"{path}[{at}]"), left[at], right[at], except, all);
                break;
            default:
                if (!JsonNode.DeepEquals(kept, found)) all.Add($"{path}: is {Short(found)}, was {Short(kept)}");
                break;
        }
    }

    private static string Short(JsonNode? node) => node?.ToJsonString() is { } text ? text.Length <= 300 ? text : $"{text[..300]}…" : "null";
}
