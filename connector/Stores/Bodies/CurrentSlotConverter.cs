using System.Text.Json;
using System.Text.Json.Serialization;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Stores.Bodies;

/// <summary>A slot: null when empty, the canonical text of a number, or <c>["text"]</c> for a text that is no number.</summary>
internal sealed class CurrentSlotConverter : JsonConverter<CurrentSlot>
{
    public override bool HandleNull => true;

    public override CurrentSlot Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return CurrentSlot.Empty;
            case JsonTokenType.StartArray:
                reader.Read();
                string verbatim = reader.GetString() ?? throw new JsonException("A slot's text is missing.");
                reader.Read();
                return CurrentSlot.FromGraph(verbatim);
            default:
                return CurrentSlot.Of(PhoneNumberConverter.Parse(reader.GetString()));
        }
    }

    public override void Write(Utf8JsonWriter writer, CurrentSlot value, JsonSerializerOptions options)
    {
        if (value.Unreadable is { } verbatim)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(verbatim);
            writer.WriteEndArray();
        }
        else if (value.TryGetNumber(out PhoneNumber number))
        {
            PhoneNumberConverter.WriteText(writer, number);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
