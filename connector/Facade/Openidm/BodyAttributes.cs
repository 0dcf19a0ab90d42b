using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Icf.Attributes;
using ProvisioningConnector.Icf.Objects;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>
/// Reads the body of a PUT: one change per key. <c>null</c> and <c>[]</c> clear, what is absent
/// stays. Unknown keys are errors also when they begin with <c>_</c>,
/// which OpenIDM ignores: a misspelt special attribute must not look like a success (docs/openidm.md#in-short). <c>_id</c> must be the object's own,
/// <c>_rev</c> means nothing here: <c>If-Match</c> guards.
/// </summary>
internal static class BodyAttributes
{
    public static Parsed<ImmutableArray<AttributeDelta>> Read(JsonElement body, string id)
    {
        ImmutableArray<AttributeDelta>.Builder deltas = ImmutableArray.CreateBuilder<AttributeDelta>();
        foreach (JsonProperty property in body.EnumerateObject())
        {
            if (property.NameEquals("_rev"u8)) continue;
            if (property.NameEquals("_id"u8) || property.NameEquals("__UID__"u8))
            {
                if (property.Value.ValueKind == JsonValueKind.String && InvisibleCharacters.Trim(property.Value.GetString() ?? "") == id) continue;
                if (property.Value.ValueKind == JsonValueKind.String && body.TryGetProperty(AttributeNames.Id, out JsonElement same)
                    && same.ValueKind == JsonValueKind.String && same.ValueEquals(property.Value.GetString())) continue;
            }

            string name = property.NameEquals("_id"u8) || property.NameEquals("__UID__"u8) ? AttributeNames.Id : property.Name;
            if (UserAttributeTable.Find(name) is not { } attribute) return SystemErrors.UnknownAttribute(property.Name, UserAttributeTable.Names);
            if (!AttributeValues.Read(attribute, property.Value).Succeeded(out ImmutableArray<object> values, out CrestError? error)) return error;
            if (deltas.Any(d => d.Name == attribute.Name)) return AttributeValues.Bad(attribute, "it occurs twice");
            deltas.Add(new AttributeDelta(attribute.Name, values, [], []));
        }

        return deltas.ToImmutable();
    }
}
