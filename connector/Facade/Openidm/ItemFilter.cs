using System.Text.Json;
using ProvisioningConnector.Crest.Filters;
using ProvisioningConnector.Crest.Json;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>Judges an item by a filter. Texts are compared ignoring case; a comparison with something of another kind does not hold.</summary>
internal static class ItemFilter
{
    public static bool Holds(QueryFilter filter, JsonElement item) => filter switch
    {
        QueryFilter.Always => true,
        QueryFilter.Never => false,
        QueryFilter.Present present => At(item, present.Field).Any(),
        QueryFilter.Compare compare => At(item, compare.Field).Any(value => Compares(value, compare.Operator, compare.Value)),
        QueryFilter.OneOf one => At(item, one.Field).Any(value => one.Values.Any(v => Compares(value, ComparisonOperator.Equal, v))),
        QueryFilter.ContainsAll all => all.Values.All(v => At(item, all.Field).Any(value => Compares(value, ComparisonOperator.Equal, v))),
        QueryFilter.AllOf all => all.Parts.All(part => Holds(part, item)),
        QueryFilter.AnyOf any => any.Parts.Any(part => Holds(part, item)),
        QueryFilter.Negation not => !Holds(not.Part, item),
        _ => throw new InvalidOperationException($"A filter is of an unknown kind: {filter.GetType().Name}."),
    };

    /// <summary>The fields of the item itself that a filter looks at.</summary>
    public static IEnumerable<string> Fields(QueryFilter filter) => filter switch
    {
        QueryFilter.Always or QueryFilter.Never => [],
        QueryFilter.Present f => [f.Field.Names[0]],
        QueryFilter.Compare f => [f.Field.Names[0]],
        QueryFilter.OneOf f => [f.Field.Names[0]],
        QueryFilter.ContainsAll f => [f.Field.Names[0]],
        QueryFilter.AllOf all => all.Parts.SelectMany(Fields),
        QueryFilter.AnyOf any => any.Parts.SelectMany(Fields),
        QueryFilter.Negation not => Fields(not.Part),
        _ => throw new InvalidOperationException($"A filter is of an unknown kind: {filter.GetType().Name}."),
    };

    /// <summary>The values of a field; of a list, those of all its elements.</summary>
    private static IEnumerable<JsonElement> At(JsonElement item, JsonPointer field)
    {
        IEnumerable<JsonElement> found = [item];
        foreach (string name in field.Names) found = found.SelectMany(Elements).Where(e => e.ValueKind == JsonValueKind.Object && e.TryGetProperty(name, out _))
            .Select(e => e.GetProperty(name));
        return found.SelectMany(Elements).Where(e => e.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined));
    }

    private static IEnumerable<JsonElement> Elements(JsonElement value) => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];

    private static bool Compares(JsonElement value, ComparisonOperator comparison, FilterValue wanted) => (value.ValueKind, wanted) switch
    {
        (JsonValueKind.String, FilterValue.Text text) => Text(value.GetString() ?? string.Empty, comparison, text.Content),
        (JsonValueKind.Number, FilterValue.Whole whole) => Order(value.GetDouble().CompareTo(whole.Number), comparison),
        (JsonValueKind.Number, FilterValue.Fraction fraction) => Order(value.GetDouble().CompareTo(fraction.Number), comparison),
        (JsonValueKind.True or JsonValueKind.False, FilterValue.Truth truth) => comparison == ComparisonOperator.Equal && value.GetBoolean() == truth.Holds,
        _ => false,
    };

    private static bool Text(string value, ComparisonOperator comparison, string wanted) => comparison switch
    {
        ComparisonOperator.Equal => value.Equals(wanted, StringComparison.OrdinalIgnoreCase),
        ComparisonOperator.Contains => value.Contains(wanted, StringComparison.OrdinalIgnoreCase),
        ComparisonOperator.StartsWith => value.StartsWith(wanted, StringComparison.OrdinalIgnoreCase),
        ComparisonOperator.EndsWith => value.EndsWith(wanted, StringComparison.OrdinalIgnoreCase),
        ComparisonOperator.LessThan or ComparisonOperator.LessOrEqual or ComparisonOperator.GreaterThan or ComparisonOperator.GreaterOrEqual =>
            Order(string.Compare(value, wanted, StringComparison.OrdinalIgnoreCase), comparison),
    };

    private static bool Order(int order, ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Equal => order == 0,
        ComparisonOperator.LessThan => order < 0,
        ComparisonOperator.LessOrEqual => order <= 0,
        ComparisonOperator.GreaterThan => order > 0,
        ComparisonOperator.GreaterOrEqual => order >= 0,
        ComparisonOperator.Contains or ComparisonOperator.StartsWith or ComparisonOperator.EndsWith => false,
    };
}
