using System.Collections.Immutable;
using System.Text.Json;

namespace ProvisioningConnector.Crest.Patches;

/// <summary>What a PATCH does to one attribute, all its operations on it taken together; the shape of an ICF attribute delta.</summary>
/// <param name="Attribute">The attribute in its right spelling.</param>
public abstract record AttributeChange(string Attribute)
{
    /// <summary>Some values come, some go, the others stay. No value is in both lists. Removing what is not there succeeds.</summary>
    public sealed record Amend(string Attribute, ImmutableArray<JsonElement> Adds, ImmutableArray<JsonElement> Removes) : AttributeChange(Attribute);

    /// <summary>These are all the values; at least one.</summary>
    public sealed record Replace(string Attribute, ImmutableArray<JsonElement> Values) : AttributeChange(Attribute);

    /// <summary>No value is left.</summary>
    public sealed record Clear(string Attribute) : AttributeChange(Attribute);
}
