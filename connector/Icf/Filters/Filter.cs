using System.Collections.Immutable;

namespace ProvisioningConnector.Icf.Filters;

/// <summary>A condition on objects, in ICF's words (docs/openidm.md#names-flags-and-options). A closed family.
/// <c>__UID__</c> and <c>__NAME__</c> are attributes like others.</summary>
public abstract record Filter
{
    private Filter()
    {
    }

    public sealed record And(Filter Left, Filter Right) : Filter;

    public sealed record Or(Filter Left, Filter Right) : Filter;

    public sealed record Not(Filter Inner) : Filter;

    /// <summary>No one: <c>false</c>.</summary>
    public sealed record Nothing : Filter;

    /// <summary>The attribute has at least one value.</summary>
    public sealed record Present(string Attribute) : Filter;

    /// <summary>The attribute's values are these. Names, ids and addresses are compared ignoring case, as the directory does.</summary>
    public sealed record EqualTo(string Attribute, object Value) : Filter;

    public sealed record EqualsIgnoreCase(string Attribute, string Value) : Filter;

    /// <summary>Some value contains the text.</summary>
    public sealed record Contains(string Attribute, string Value) : Filter;

    public sealed record StartsWith(string Attribute, string Value) : Filter;

    public sealed record EndsWith(string Attribute, string Value) : Filter;

    /// <summary>The attribute has all of these values, and perhaps others.</summary>
    public sealed record ContainsAllValues(string Attribute, ImmutableArray<object> Values) : Filter;

    public sealed record GreaterThan(string Attribute, object Value) : Filter;

    public sealed record GreaterThanOrEqual(string Attribute, object Value) : Filter;

    public sealed record LessThan(string Attribute, object Value) : Filter;

    public sealed record LessThanOrEqual(string Attribute, object Value) : Filter;
}
