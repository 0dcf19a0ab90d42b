using System.Collections.Immutable;
using ProvisioningConnector.Crest.Filters;
using ProvisioningConnector.Crest.Json;

namespace ProvisioningConnector.Crest.Tests.Filters;

/// <summary>Any filter, from a seed.</summary>
internal static class AnyFilter
{
    private static readonly string[] Texts = ["", "x", "it's", "say \"hi\"", "\\", "a b", "()",
        "!x", "[", "é€😀", "tab\tnewline\n", "true", "1", "+1 2065550150"];
    private static readonly string[] Names = ["a", "true", "and", "!a", "a~b", "a/b", "__x__", "'", "é", "-", "0"];

    public static QueryFilter From(Random random, int depth) => random.Next(depth <= 0 ? 6 : 9) switch
    {
        0 => new QueryFilter.Always(),
        1 => new QueryFilter.Never(),
        2 => new QueryFilter.Present(Pointer(random)),
        3 => new QueryFilter.Compare(Pointer(random), Enum.GetValues<ComparisonOperator>()[random.Next(8)], Value(random)),
        4 => new QueryFilter.OneOf(Pointer(random), Values(random)),
        5 => new QueryFilter.ContainsAll(Pointer(random), Values(random)),
        6 => new QueryFilter.AllOf(Parts(random, depth)),
        7 => new QueryFilter.AnyOf(Parts(random, depth)),
        _ => new QueryFilter.Negation(From(random, depth - 1)),
    };

    private static ImmutableArray<QueryFilter> Parts(Random random, int depth) =>
        [.. Enumerable.Range(0, random.Next(2, 5)).Select(_ => From(random, depth - 1))];

    private static ImmutableArray<FilterValue> Values(Random random) => [.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(random))];

    private static FilterValue Value(Random random) => random.Next(4) switch
    {
        0 => new FilterValue.Text(Texts[random.Next(Texts.Length)]),
        1 => new FilterValue.Whole(random.Next(3) == 0 ? random.NextInt64(long.MinValue, long.MaxValue) : random.Next(-9, 10)),
        2 => new FilterValue.Fraction(Real(random)),
        _ => new FilterValue.Truth(random.Next(2) == 0),
    };

    private static double Real(Random random)
    {
        double any = BitConverter.Int64BitsToDouble(random.NextInt64());
        return random.Next(2) == 0 || !double.IsFinite(any) ? random.Next(-99, 99) / 4.0 : any;
    }

    private static JsonPointer Pointer(Random random)
    {
        string path = string.Concat(Enumerable.Range(0,
            random.Next(1, 4)).Select(_ => "/"
                + Names[random.Next(Names.Length)].Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)));
        return JsonPointer.Parse(path, out _)!;
    }
}
