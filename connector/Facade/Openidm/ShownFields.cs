using System.Collections.Immutable;
using ProvisioningConnector.Crest.Json;
using ProvisioningConnector.Icf.Attributes;
using ProvisioningConnector.Icf.Objects;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>
/// Which attributes an answer holds. Methods are read only when a field needs them: an attribute of methods, or <c>_rev</c>, which is a
/// fingerprint of the methods. Names that are no attributes are ignored, as OpenIDM ignores them: platforms ask for all fields of their mapping.
/// </summary>
/// <param name="Attributes">Attributes that are shown, in the order of the schema.</param>
/// <param name="NeedsRevision">The revision was asked for.</param>
/// <param name="Projection">Writes them.</param>
internal sealed record ShownFields(ImmutableArray<string> Attributes, bool NeedsRevision, Projection Projection)
{
    /// <summary>Of a read or a query.</summary>
    public static ShownFields From(FieldSelection fields) => From(fields, UserAttributeTable.Defaults);

    /// <summary>
    /// Of the answer to a write, which has read the methods anyway: without <c>_fields</c> they are shown too, so that the caller sees what became
    /// of them, as in Ping's examples.
    /// </summary>
    public static ShownFields OfWrite(FieldSelection fields) =>
        From(fields, [.. UserAttributeTable.Defaults, AttributeNames.AuthenticationMethods, AttributeNames.Phones]);

    /// <summary>Only these attributes.</summary>
    public ShownFields Within(IEnumerable<string> attributes) =>
        this with { Attributes = [.. Attributes.Intersect(attributes, StringComparer.OrdinalIgnoreCase)] };

    /// <summary>What is asked of the connector: a read that must show the revision asks for a method too.</summary>
    public OperationOptions Options(bool full) => new()
    {
        Full = full,
        AttributesToGet = NeedsRevision && !Attributes.Any(UserAttributeTable.ShowsMethods) ? Attributes.Add(AttributeNames.Phones) : Attributes,
    };

    private static ShownFields From(FieldSelection fields, ImmutableArray<string> defaults)
    {
        HashSet<string> named = [.. fields.Fields.Select(f => f.Names[0])];
        ImmutableArray<string> attributes =
        [
            .. UserAttributeTable.All.Where(a => a.IsReadable()
                && (named.Contains(a.Name) || named.Contains("*") || (fields.Defaults && defaults.Contains(a.Name, StringComparer.Ordinal))))
                .Select(a => a.Name),
        ];
        return new ShownFields(attributes, named.Contains("_rev"), Projection.From(fields));
    }
}
