using System.Collections.Immutable;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Json;

namespace ProvisioningConnector.Crest.Paging;

/// <summary>One key of <c>_sortKeys=[+-]field,…</c> (docs/openidm.md#queries).</summary>
/// <param name="Field">By which field.</param>
/// <param name="Descending"><c>-</c>; no sign is ascending. A plus that was not encoded arrives as a blank, which is ascending as well.</param>
public sealed record QuerySortKey(JsonPointer Field, bool Descending)
{
    private const int Most = 32;

    /// <summary>Reads one or several values of the parameter; blank is no key.</summary>
    public static Parsed<ImmutableArray<QuerySortKey>> Parse(IEnumerable<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ImmutableArray<QuerySortKey>.Builder keys = ImmutableArray.CreateBuilder<QuerySortKey>();
        foreach (string value in values)
        {
            if (string.IsNullOrWhiteSpace(value)) continue;
            foreach (Range part in value.AsSpan().Split(','))
            {
                ReadOnlySpan<char> key = value.AsSpan(part).Trim();
                bool signed = key.Length > 0 && key[0] is '+' or '-';
                if (JsonPointer.Parse(signed ? key[1..] : key, out string problem) is not { } field) return Bad(problem);
                if (keys.Any(k => k.Field == field)) return Bad("a field occurs twice");
                keys.Add(new(field, key[0] == '-'));
                if (keys.Count > Most) return Bad($"there are more than {Most} keys");
            }
        }

        return keys.ToImmutable();
    }

    private static CrestError Bad(string what) =>
        new(CrestStatus.BadRequest, $"The value of the request parameter '_sortKeys' is no list of sort keys: {what}.",
        ErrorDetail.Advice("Write field names, separated by commas, with - before those to sort descending; send + as %2B."));
}
