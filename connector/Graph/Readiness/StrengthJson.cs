using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Graph.Json;

namespace ProvisioningConnector.Graph.Readiness;

/// <summary>Authentication strengths of which every allowed combination needs SMS or voice: their display names.</summary>
internal static class StrengthJson
{
    private static readonly string[] Phones = ["sms", "voice"];

    public static bool TryRead(ReadOnlyMemory<byte> body, out ImmutableArray<string> names, out string? next, out string wrong)
    {
        ImmutableArray<string>.Builder found = ImmutableArray.CreateBuilder<string>();
        bool good = ListPage.TryRead(body, One, out next, out wrong);
        names = found.ToImmutable();
        return good;

        bool One(ref Utf8JsonReader reader)
        {
            if (reader.TokenType != JsonTokenType.StartObject) return false;
            JsonElement strength = JsonElement.ParseValue(ref reader);
            JsonElement[] combinations = [.. strength.Items("allowedCombinations")];
            if (combinations.Length > 0 && Array.TrueForAll(combinations, NeedsPhone))
            {
                found.Add(strength.Text("displayName") ?? strength.Text("id") ?? "(no name)");
            }

            return true;
        }
    }

    private static bool NeedsPhone(JsonElement combination) => combination.ValueKind == JsonValueKind.String
        && (combination.GetString() ?? string.Empty).Split(',', StringSplitOptions.TrimEntries).Intersect(Phones, StringComparer.OrdinalIgnoreCase).Any();
}
