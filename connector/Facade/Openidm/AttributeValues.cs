using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Icf.Objects;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>Reads JSON as values of an attribute. A single value is accepted where a list is expected, and a list of one where a single value is.</summary>
internal static class AttributeValues
{
    public static Parsed<ImmutableArray<object>> Read(AttributeInfo attribute, JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => ImmutableArray<object>.Empty,
        JsonValueKind.Array => Read(attribute, [.. json.EnumerateArray()]),
        _ => Read(attribute, [json]),
    };

    public static Parsed<ImmutableArray<object>> Read(AttributeInfo attribute, ImmutableArray<JsonElement> list)
    {
        if (list.Length > 1 && !attribute.IsMany()) return Bad(attribute, "it holds one value, not several");
        ImmutableArray<object>.Builder values = ImmutableArray.CreateBuilder<object>(list.Length);
        foreach (JsonElement item in list)
        {
            if (Value(attribute, item) is not { } value) return Bad(attribute, Expected(attribute));
            values.Add(value);
        }

        return values.ToImmutable();
    }

    public static CrestError Bad(AttributeInfo attribute, string why) =>
        new(CrestStatus.BadRequest, $"Attribute {attribute.Name} has a value that cannot be used: {why}. Nothing was written.");

    private static object? Value(AttributeInfo attribute, JsonElement item) => (attribute.Kind, item.ValueKind) switch
    {
        (AttributeKind.Text or AttributeKind.Flag, JsonValueKind.String) => item.GetString(),
        (AttributeKind.Guarded, JsonValueKind.String) => item.GetString() is { } text && PasswordPolicy.Fits(text) ? Secret.From(text) : null,
        (AttributeKind.Flag, JsonValueKind.True) => true,
        (AttributeKind.Flag, JsonValueKind.False) => false,
        (AttributeKind.Map, JsonValueKind.Object) => Map(item),
        _ => null,
    };

    private static ImmutableSortedDictionary<string, string> Map(JsonElement item)
    {
        ImmutableSortedDictionary<string, string>.Builder map = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (JsonProperty property in item.EnumerateObject()) map[property.Name] = property.Value.ValueKind == JsonValueKind.String
            ? property.Value.GetString() ?? "" : property.Value.GetRawText();
        return map.ToImmutable();
    }

    private static string Expected(AttributeInfo attribute) => attribute.Kind switch
    {
        AttributeKind.Text => attribute.IsMany() ? "it takes a list of texts" : "it takes a text, or null to clear it",
        AttributeKind.Guarded => $"it takes one line of at most {PasswordPolicy.Longest} characters",
        AttributeKind.Flag => "it takes true or false",
        AttributeKind.Map => "it takes a list of objects",
    };
}
