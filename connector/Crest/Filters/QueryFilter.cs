using System.Collections.Immutable;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Json;

namespace ProvisioningConnector.Crest.Filters;

/// <summary>A parsed <c>_queryFilter</c> (docs/openidm.md#queries). On a field with several values a comparison holds when it holds for one of them.</summary>
public abstract record QueryFilter
{
    private QueryFilter()
    {
    }

    /// <summary>The filter in the text, or a 400 that says position and advice and repeats no value.</summary>
    public static Parsed<QueryFilter> Parse(string text) => new QueryFilterParser(text).Parse();

    /// <summary><c>true</c>: no filter.</summary>
    public sealed record Always : QueryFilter;

    /// <summary><c>false</c>: an empty result.</summary>
    public sealed record Never : QueryFilter;

    /// <summary><c>field pr</c>: the field has a value.</summary>
    public sealed record Present(JsonPointer Field) : QueryFilter;

    /// <summary><c>field op value</c>.</summary>
    public sealed record Compare(JsonPointer Field, ComparisonOperator Operator, FilterValue Value) : QueryFilter;

    /// <summary><c>field in '["a","b"]'</c>: equal to one of the values. No value: never.</summary>
    public sealed record OneOf(JsonPointer Field, ImmutableArray<FilterValue> Values) : QueryFilter
    {
        /// <inheritdoc />
        public bool Equals(OneOf? other) => other is not null && Field == other.Field && Values.AsSpan().SequenceEqual(other.Values.AsSpan());

        /// <inheritdoc />
        public override int GetHashCode() => HashCode.Combine(Field, Values.Length);
    }

    /// <summary><c>field ca '["a","b"]'</c>: the field has all of the values. No value: always.</summary>
    public sealed record ContainsAll(JsonPointer Field, ImmutableArray<FilterValue> Values) : QueryFilter
    {
        /// <inheritdoc />
        public bool Equals(ContainsAll? other) => other is not null && Field == other.Field && Values.AsSpan().SequenceEqual(other.Values.AsSpan());

        /// <inheritdoc />
        public override int GetHashCode() => HashCode.Combine(Field, Values.Length);
    }

    /// <summary><c>a and b and c</c>; at least two.</summary>
    public sealed record AllOf(ImmutableArray<QueryFilter> Parts) : QueryFilter
    {
        /// <inheritdoc />
        public bool Equals(AllOf? other) => other is not null && Parts.AsSpan().SequenceEqual(other.Parts.AsSpan());

        /// <inheritdoc />
        public override int GetHashCode() => HashCode.Combine(1, Parts.Length, Parts[0]);
    }

    /// <summary><c>a or b or c</c>; at least two.</summary>
    public sealed record AnyOf(ImmutableArray<QueryFilter> Parts) : QueryFilter
    {
        /// <inheritdoc />
        public bool Equals(AnyOf? other) => other is not null && Parts.AsSpan().SequenceEqual(other.Parts.AsSpan());

        /// <inheritdoc />
        public override int GetHashCode() => HashCode.Combine(2, Parts.Length, Parts[0]);
    }

    /// <summary><c>!(a)</c>.</summary>
    public sealed record Negation(QueryFilter Part) : QueryFilter;
}
