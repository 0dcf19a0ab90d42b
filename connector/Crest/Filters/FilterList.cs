using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using ProvisioningConnector.Crest.Json;

namespace ProvisioningConnector.Crest.Filters;

/// <summary>The lists that <c>in</c> and <c>ca</c> take: a JSON array within a quoted text (idm-conventions 1.7).</summary>
internal static class FilterList
{
    private static readonly BodyLimits Limits = new(4 * FilterParser.LongestText, 2);

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

    /// <summary>The JSON array; <see cref="Parse"/> gives the same values back.</summary>
    public static string Print(ImmutableArray<FilterValue> values)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, CrestJson.Compact))
        {
            json.WriteStartArray();
            foreach (FilterValue value in values) Write(json, value);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static FilterValue? Value(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.String => new FilterValue.Text(item.GetString() ?? ""),
        JsonValueKind.True or JsonValueKind.False or JsonValueKind.Number => FilterWords.Literal(item.GetRawText()),
        JsonValueKind.Null or JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Undefined => null,
    };

    private static void Write(Utf8JsonWriter json, FilterValue value)
    {
        switch (value)
        {
            case FilterValue.Text text:
                json.WriteStringValue(text.Content);
                break;
            case FilterValue.Whole whole:
                json.WriteNumberValue(whole.Number);
                break;
            case FilterValue.Fraction real:
                json.WriteRawValue(FilterWords.Of(real.Number));
                break;
            case FilterValue.Truth truth:
                json.WriteBooleanValue(truth.Holds);
                break;
        }
    }
}
