using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Filters;
using ProvisioningConnector.Crest.Json;
using ProvisioningConnector.Icf.Attributes;
using ProvisioningConnector.Icf.Filters;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary><c>_queryFilter</c> in ICF's words (docs/openidm.md#queries). A comparison with an
/// unknown attribute is a 400; its presence is an empty result.</summary>
internal static class FilterTranslation
{
    private static readonly ImmutableArray<string> LookedUpBy =
        [AttributeNames.Uid, AttributeNames.Name, AttributeNames.Id, AttributeNames.PrincipalName,
            AttributeNames.Mail, AttributeNames.EmployeeId, AttributeNames.Email];

    /// <summary>Null within the result means everybody.</summary>
    public static Parsed<Filter?> Translate(QueryFilter filter) => filter switch
    {
        QueryFilter.Always => (Filter?)null,
        QueryFilter.Never => new Filter.Nothing(),
        QueryFilter.Present present => present.Field.Names.Length > 1
            ? new Filter.Nothing() : new Filter.Present(UserAttributeTable.InFilter(present.Field.Names[0]) ?? present.Field.Names[0]),
        QueryFilter.Compare compare => Attribute(compare.Field).Then<Filter?>(name => Comparison(name, compare.Operator, compare.Value)),
        QueryFilter.OneOf list =>
            Attribute(list.Field).Then(name => Joined([.. list.Values.Select(v => (Filter)new Filter.EqualTo(name, Exact(name, v)))], And: false)),
        QueryFilter.ContainsAll list =>
            Attribute(list.Field).Then<Filter?>(name => list.Values.IsEmpty ? null : new Filter.ContainsAllValues(name, [.. list.Values.Select(Value)])),
        QueryFilter.AllOf all => Parts(all.Parts).Then(parts => Joined([.. parts.OfType<Filter>()], And: true)),
        QueryFilter.AnyOf any => Parts(any.Parts).Then(parts => parts.Contains(null) ? (Filter?)null : Joined([.. parts.OfType<Filter>()], And: false)),
        QueryFilter.Negation not => Translate(not.Part).Then<Filter?>(Inverse),
        _ => throw new InvalidOperationException($"A filter is of an unknown kind: {filter.GetType().Name}."),
    };

    private static Parsed<Filter?> Inverse(Filter? part) => part is null ? new Filter.Nothing() : part is Filter.Nothing ? (Filter?)null : new Filter.Not(part);

    /// <summary>The attribute that a field means.</summary>
    public static Parsed<string> Attribute(JsonPointer field)
    {
        if (field.Names.Length > 1) return new CrestError(CrestStatus.BadRequest,
            "Only fields of the object itself can be compared and sorted by, not parts of them.");
        return UserAttributeTable.InFilter(field.Names[0]) is { } name ? name : SystemErrors.UnknownAttribute(field.Names[0], UserAttributeTable.Names);
    }

    private static Parsed<ImmutableArray<Filter?>> Parts(ImmutableArray<QueryFilter> parts)
    {
        ImmutableArray<Filter?>.Builder all = ImmutableArray.CreateBuilder<Filter?>(parts.Length);
        foreach (QueryFilter part in parts)
        {
            if (!Translate(part).Succeeded(out Filter? one, out CrestError? error)) return error;
            all.Add(one);
        }

        return all.ToImmutable();
    }

    /// <summary>As a balanced tree, so that long lists do not become deep ones. Nothing at all: everybody with and, no one with or.</summary>
    private static Parsed<Filter?> Joined(ImmutableArray<Filter> parts, bool And) => parts switch
    {
        [] => And ? (Filter?)null : new Filter.Nothing(),
        _ => Tree(parts, And),
    };

    private static Filter Tree(ImmutableArray<Filter> parts, bool and)
    {
        if (parts.Length == 1) return parts[0];
        Filter left = Tree(parts[..(parts.Length / 2)], and), right = Tree(parts[(parts.Length / 2)..], and);
        return and ? new Filter.And(left, right) : new Filter.Or(left, right);
    }

    private static Filter Comparison(string name, ComparisonOperator comparison, FilterValue value) => comparison switch
    {
        Crest.Filters.ComparisonOperator.Equal => new Filter.EqualTo(name, Exact(name, value)),
        Crest.Filters.ComparisonOperator.Contains => new Filter.Contains(name, Text(value)),
        Crest.Filters.ComparisonOperator.StartsWith => new Filter.StartsWith(name, Text(value)),
        Crest.Filters.ComparisonOperator.EndsWith => new Filter.EndsWith(name, Text(value)),
        Crest.Filters.ComparisonOperator.LessThan => new Filter.LessThan(name, Value(value)),
        Crest.Filters.ComparisonOperator.LessOrEqual => new Filter.LessThanOrEqual(name, Value(value)),
        Crest.Filters.ComparisonOperator.GreaterThan => new Filter.GreaterThan(name, Value(value)),
        Crest.Filters.ComparisonOperator.GreaterOrEqual => new Filter.GreaterThanOrEqual(name, Value(value)),
    };

    /// <summary>What an attribute is to equal. A name that a user is looked up by is taken as it looks.</summary>
    private static object Exact(string attribute, FilterValue value) =>
        value is FilterValue.Text text && LookedUpBy.Contains(attribute, StringComparer.OrdinalIgnoreCase) ? UserPath.SentName(text.Content) : Value(value);

    private static object Value(FilterValue value) => value is FilterValue.Truth truth ? truth.Holds : Text(value);

    private static string Text(FilterValue value) => value switch
    {
        FilterValue.Text text => text.Content,
        FilterValue.Whole whole => whole.Number.ToString(CultureInfo.InvariantCulture),
        FilterValue.Fraction real => real.Number.ToString("R", CultureInfo.InvariantCulture),
        FilterValue.Truth truth => truth.Holds ? "true" : "false",
        _ => throw new InvalidOperationException($"A value is of an unknown kind: {value.GetType().Name}."),
    };
}
