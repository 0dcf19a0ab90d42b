using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ProvisioningConnector.Crest.Filters;
using ProvisioningConnector.Crest.Json;

namespace ProvisioningConnector.Crest.Tests.Filters;

/// <summary>Spells a filter canonically, with no more parentheses than needed, so that what was parsed can always be parsed again.</summary>
internal static class FilterPrinter
{
    private static readonly JsonWriterOptions Unescaped = CrestJson.Compact;

    public static string Print(this QueryFilter filter)
    {
        StringBuilder text = new();
        Append(text, filter);
        return text.ToString();
    }

    private static StringBuilder Append(StringBuilder text, QueryFilter filter) => filter switch
    {
        QueryFilter.Always => text.Append("true"),
        QueryFilter.Never => text.Append("false"),
        QueryFilter.Present present => text.Append(present.Field).Append(" pr"),
        QueryFilter.Compare compare => Append(text.Append(compare.Field).Append(' ').Append(Word(compare.Operator)).Append(' '), compare.Value),
        QueryFilter.OneOf list => Append(text, list.Field, " in ", list.Values),
        QueryFilter.ContainsAll list => Append(text, list.Field, " ca ", list.Values),
        QueryFilter.AllOf all => Append(text, all.Parts, " and ", part => part is QueryFilter.AllOf or QueryFilter.AnyOf),
        QueryFilter.AnyOf any => Append(text, any.Parts, " or ", part => part is QueryFilter.AnyOf),
        QueryFilter.Negation not => Part(text.Append(IsComposite(not.Part) ? "!" : "! "), not.Part, IsComposite(not.Part)),
        _ => throw new InvalidOperationException($"No spelling for {filter.GetType().Name}."),
    };

    private static bool IsComposite(QueryFilter filter) => filter is QueryFilter.AllOf or QueryFilter.AnyOf or QueryFilter.Negation;

    private static StringBuilder Append(StringBuilder text, ImmutableArray<QueryFilter> parts, string keyword, Func<QueryFilter, bool> needsParentheses)
    {
        for (int i = 0; i < parts.Length; i++)
        {
            if (i > 0) text.Append(keyword);
            Part(text, parts[i], needsParentheses(parts[i]));
        }

        return text;
    }

    private static StringBuilder Part(StringBuilder text, QueryFilter part, bool parentheses) =>
        parentheses ? Append(text.Append('('), part).Append(')') : Append(text, part);

    private static StringBuilder Append(StringBuilder text, JsonPointer field, string sign, ImmutableArray<FilterValue> values) =>
        Quote(text.Append(field).Append(sign), List(values));

    private static StringBuilder Append(StringBuilder text, FilterValue value) => value switch
    {
        FilterValue.Text quoted => Quote(text, quoted.Content),
        FilterValue.Whole whole => text.Append(whole.Number.ToString(CultureInfo.InvariantCulture)),
        FilterValue.Fraction real => text.Append(Spelled(real.Number)),
        FilterValue.Truth truth => text.Append(truth.Holds ? "true" : "false"),
        _ => throw new InvalidOperationException($"No spelling for {value.GetType().Name}."),
    };

    private static StringBuilder Quote(StringBuilder text, string content)
    {
        text.Append('"');
        foreach (char c in content)
        {
            if (c is '"' or '\\') text.Append('\\');
            text.Append(c);
        }

        return text.Append('"');
    }

    private static string List(ImmutableArray<FilterValue> values)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, Unescaped))
        {
            json.WriteStartArray();
            foreach (FilterValue value in values) Write(json, value);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

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
                json.WriteRawValue(Spelled(real.Number));
                break;
            case FilterValue.Truth truth:
                json.WriteBooleanValue(truth.Holds);
                break;
        }
    }

    private static string Word(ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Equal => "eq",
        ComparisonOperator.Contains => "co",
        ComparisonOperator.StartsWith => "sw",
        ComparisonOperator.EndsWith => "ew",
        ComparisonOperator.LessThan => "lt",
        ComparisonOperator.LessOrEqual => "le",
        ComparisonOperator.GreaterThan => "gt",
        ComparisonOperator.GreaterOrEqual => "ge",
    };

    /// <summary>The canonical spelling of a number with a fraction: always distinct from a whole one.</summary>
    private static string Spelled(double real)
    {
        string text = real.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text;
    }
}
