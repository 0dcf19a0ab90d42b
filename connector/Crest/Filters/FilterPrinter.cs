using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ProvisioningConnector.Crest.Json;

namespace ProvisioningConnector.Crest.Filters;

/// <summary>Spells a filter canonically, with no more parentheses than needed, so that what was parsed can always be parsed again.</summary>
internal static class FilterPrinter
{
    public static string Print(QueryFilter filter)
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
        QueryFilter.Compare compare => Append(text.Append(compare.Field).Append(' ').Append(FilterWords.Of(compare.Operator)).Append(' '), compare.Value),
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
        Quote(text.Append(field).Append(sign), FilterList.Print(values));

    private static StringBuilder Append(StringBuilder text, FilterValue value) => value switch
    {
        FilterValue.Text quoted => Quote(text, quoted.Content),
        FilterValue.Whole whole => text.Append(whole.Number.ToString(CultureInfo.InvariantCulture)),
        FilterValue.Fraction real => text.Append(FilterWords.Of(real.Number)),
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
}
