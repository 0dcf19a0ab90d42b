using System.Collections.Immutable;
using ProvisioningConnector.Crest.Errors;

namespace ProvisioningConnector.Crest.Json;

/// <summary>What <c>_fields</c> asks for (docs/openidm.md#addresses-and-parameters). <c>_id</c> and <c>_rev</c> are always returned, whatever is asked
/// for.</summary>
/// <param name="Defaults">All fields that are returned by default: nothing was asked for, or <c>*</c> was.</param>
/// <param name="Fields">Fields asked for by name, in the order given, each once.</param>
public sealed record FieldSelection(bool Defaults, ImmutableArray<JsonPointer> Fields)
{
    private const int Most = 256;

    /// <summary>Nothing was asked for.</summary>
    public static FieldSelection Default { get; } = new(true, []);

    /// <summary>
    /// Reads one or several values of the parameter. Blank is the default; <c>*</c> and <c>/</c> are all default fields; <c>*_ref</c> (all
    /// relationships) is understood, there are none.
    /// </summary>
    public static Parsed<FieldSelection> Parse(IEnumerable<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        bool all = false, any = false;
        ImmutableArray<JsonPointer>.Builder fields = ImmutableArray.CreateBuilder<JsonPointer>();
        foreach (string value in values)
        {
            foreach (Range part in value.AsSpan().Split(','))
            {
                ReadOnlySpan<char> name = value.AsSpan(part).Trim();
                if (name.IsEmpty) continue;
                any = true;
                if (name is "*" or "/") all = true;
                else if (name is "*_ref" or "/*_ref") continue;
                else if (JsonPointer.Parse(name, out string problem) is not { } field) return Bad($"{problem}");
                else if (!fields.Contains(field)) fields.Add(field);
                if (fields.Count > Most) return Bad($"more than {Most} fields are asked for");
            }
        }

        return new FieldSelection(all || !any, fields.ToImmutable());
    }

    private static CrestError Bad(string what) => new(CrestStatus.BadRequest, $"The value of the request parameter '_fields' is no list of fields: {what}.",
        ErrorDetail.Advice("Write field names, separated by commas, e.g. _fields=_id,userPrincipalName."));
}
