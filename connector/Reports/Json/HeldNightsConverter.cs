using System.Text.Json;
using System.Text.Json.Serialization;
using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Reports.Json;

/// <summary><c>heldIsFinding</c> in documents: a number of nights, or <c>"none"</c>.</summary>
internal sealed class HeldNightsConverter : JsonConverter<HeldNights>
{
    private const string None = "none";

    public override HeldNights Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetInt32(out int nights) && nights is > 0 and <= HeldNights.Most => HeldNights.From(nights),
        JsonTokenType.String when reader.ValueTextEquals(None) => HeldNights.From(null),
        _ => throw new JsonException("Not a number of nights."),
    };

    public override void Write(Utf8JsonWriter writer, HeldNights value, JsonSerializerOptions options)
    {
        if (value.Others is { } nights) writer.WriteNumberValue(nights);
        else writer.WriteStringValue(None);
    }
}
