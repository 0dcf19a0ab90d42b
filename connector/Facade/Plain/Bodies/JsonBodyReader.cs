using System.Text.Json;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Plain.Bodies;

/// <summary>Properties of a body. What is not expected is refused, so that a misspelt property is never a request that is silently dropped.</summary>
internal static class JsonBodyReader
{
    /// <summary>Checks that the body is an object with no other properties than these.</summary>
    /// <exception cref="FacadeRefusal">400.</exception>
    public static void Expect(JsonElement body, params string[] names)
    {
        if (body.ValueKind == JsonValueKind.Undefined) return;
        if (body.ValueKind != JsonValueKind.Object) throw Bad("bodyNotObject", "The body must be a JSON object.");
        foreach (JsonProperty property in body.EnumerateObject())
        {
            if (!names.Contains(property.Name, StringComparer.Ordinal)) throw Bad("unknownProperty",
                $"{Shown(property.Name)} is not a property of this body. {Suggestion.Hint(property.Name, names)}");
        }
    }

    /// <exception cref="FacadeRefusal">400: it is not there, or no text.</exception>
    public static string Text(JsonElement body, string name) => OptionalText(body, name) ?? throw Bad("propertyMissing", $"The property '{name}' is required.");

    /// <summary>Null when it is absent or <c>null</c>.</summary>
    /// <exception cref="FacadeRefusal">400: no text.</exception>
    public static string? OptionalText(JsonElement body, string name)
    {
        if (!Has(body, name, out JsonElement value)) return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Bad("propertyKind", $"The property '{name}' must be a text in quotes.");
    }

    /// <summary>Null when it is absent or <c>null</c>.</summary>
    /// <exception cref="FacadeRefusal">400: neither true nor false.</exception>
    public static bool? OptionalFlag(JsonElement body, string name)
    {
        if (!Has(body, name, out JsonElement value)) return null;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean() : throw Bad("propertyKind", $"The property '{name}' must be true or false, without quotes.");
    }

    /// <summary>Null when it is absent or <c>null</c>.</summary>
    /// <exception cref="FacadeRefusal">400: no whole number within the range.</exception>
    public static int? OptionalNumber(JsonElement body, string name, int least, int most)
    {
        if (!Has(body, name, out JsonElement value)) return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number >= least && number <= most
            ? number
            : throw Bad("propertyRange", FormattableString.Invariant($"The property '{name}' must be a whole number from {least} to {most}."));
    }

    public static FacadeRefusal Bad(string word, string message) => new(StatusCodes.Status400BadRequest, message) { Word = word };

    /// <summary>A name as a message may repeat it: what looks like a value is not shown.</summary>
    public static string Shown(string name) => name.Length <= 64 && name.Count(char.IsAsciiDigit) < 5 && !name.Any(char.IsControl)
        ? $"'{InvisibleCharacters.Escape(name)}'" : "A name that looks like a value";

    private static bool Has(JsonElement body, string name, out JsonElement value)
    {
        value = default;
        return body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }
}
