using System.Collections.Immutable;
using ProvisioningConnector.Icf.Attributes;

namespace ProvisioningConnector.Icf.Filters;

/// <summary>Judges objects in memory.</summary>
internal static class FilterEvaluation
{
    /// <param name="filter">The condition.</param>
    /// <param name="values">Values of an attribute; empty when it has none.</param>
    public static bool Holds(this Filter filter, Func<string, ImmutableArray<object>> values) => filter switch
    {
        Filter.And and => and.Left.Holds(values) && and.Right.Holds(values),
        Filter.Or or => or.Left.Holds(values) || or.Right.Holds(values),
        Filter.Not not => !not.Inner.Holds(values),
        Filter.Nothing => false,
        Filter.Present present => !values(present.Attribute).IsEmpty,
        Filter.EqualTo equals => Any(values, equals.Attribute, v => Same(equals.Attribute, v, equals.Value)),
        Filter.EqualsIgnoreCase equals =>
            Any(values, equals.Attribute, v => v is string text && string.Equals(text, equals.Value, StringComparison.OrdinalIgnoreCase)),
        Filter.Contains contains => Any(values, contains.Attribute, v => v is string text && text.Contains(contains.Value, StringComparison.OrdinalIgnoreCase)),
        Filter.StartsWith starts => Any(values, starts.Attribute, v => v is string text && text.StartsWith(starts.Value, StringComparison.OrdinalIgnoreCase)),
        Filter.EndsWith ends => Any(values, ends.Attribute, v => v is string text && text.EndsWith(ends.Value, StringComparison.OrdinalIgnoreCase)),
        Filter.ContainsAllValues all => all.Values.All(wanted => Any(values, all.Attribute, v => Same(all.Attribute, v, wanted))),
        Filter.GreaterThan more => Any(values, more.Attribute, v => Order(v, more.Value) > 0),
        Filter.GreaterThanOrEqual more => Any(values, more.Attribute, v => Order(v, more.Value) >= 0),
        Filter.LessThan less => Any(values, less.Attribute, v => Order(v, less.Value) < 0),
        Filter.LessThanOrEqual less => Any(values, less.Attribute, v => Order(v, less.Value) <= 0),
        _ => throw new InvalidOperationException($"A filter is of an unknown kind: {filter.GetType().Name}."),
    };

    /// <summary>All attributes that a filter looks at.</summary>
    public static IEnumerable<string> Attributes(this Filter filter) => filter switch
    {
        Filter.And and => and.Left.Attributes().Concat(and.Right.Attributes()),
        Filter.Or or => or.Left.Attributes().Concat(or.Right.Attributes()),
        Filter.Not not => not.Inner.Attributes(),
        Filter.Nothing => [],
        Filter.Present f => [f.Attribute],
        Filter.EqualTo f => [f.Attribute],
        Filter.EqualsIgnoreCase f => [f.Attribute],
        Filter.Contains f => [f.Attribute],
        Filter.StartsWith f => [f.Attribute],
        Filter.EndsWith f => [f.Attribute],
        Filter.ContainsAllValues f => [f.Attribute],
        Filter.GreaterThan f => [f.Attribute],
        Filter.GreaterThanOrEqual f => [f.Attribute],
        Filter.LessThan f => [f.Attribute],
        Filter.LessThanOrEqual f => [f.Attribute],
        _ => throw new InvalidOperationException($"A filter is of an unknown kind: {filter.GetType().Name}."),
    };

    private static bool Any(Func<string, ImmutableArray<object>> values, string attribute, Func<object, bool> holds) => values(attribute).Any(holds);

    private static bool Same(string attribute, object left, object right) => (left, right) switch
    {
        (string l, string r) => UserAttributes.Same(attribute, l, r),
        (bool l, bool r) => l == r,
        (bool l, string r) => string.Equals(l ? "true" : "false", r, StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    /// <summary>Null, and so neither less nor more, when the two cannot be compared.</summary>
    private static int? Order(object left, object right) => (left, right) switch
    {
        (string l, string r) => string.Compare(l, r, StringComparison.OrdinalIgnoreCase),
        (bool l, bool r) => l.CompareTo(r),
        _ => null,
    };
}
