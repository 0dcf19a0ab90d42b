using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using ProvisioningConnector.Crest.Json;

namespace ProvisioningConnector.Crest.Filters;

/// <summary>The lists that <c>in</c> and <c>ca</c> take: a JSON array within a quoted text (docs/openidm.md#queries).</summary>
internal static class FilterList
{
    private static readonly BodyLimits Limits = new(4 * QueryFilterParser.LongestText, 2);

    /// <summary>The values; null when the text is no flat JSON array of texts, numbers and booleans.</summary>
    public static ImmutableArray<FilterValue>? Parse(string text)
    {
        if (!JsonBody.Any(Encoding.UTF8.GetBytes(text), Limits).Succeeded(out JsonElement list, out _) || list.ValueKind != JsonValueKind.Array) return null;
        ImmutableArray<FilterValue>.Builder values = ImmutableArray.CreateBuilder<FilterValue>(list.GetArrayLength());
        foreach (JsonElement item in list.EnumerateArray())
        {
            if (Value(item) is not { } value) return null;
            values.Add(value);
        }

        return values.ToImmutable();
    }

    private static FilterValue? Value(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.String => new FilterValue.Text(item.GetString() ?? ""),
        JsonValueKind.True or JsonValueKind.False or JsonValueKind.Number => FilterWords.Literal(item.GetRawText()),
        JsonValueKind.Null or JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Undefined => null,
    };
}
