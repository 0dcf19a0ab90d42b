using System.Text.Json;
using System.Text.Json.Serialization;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Stores.Bodies;

/// <summary>A number as its canonical text; empty text for no number.</summary>
internal sealed class PhoneNumberConverter : JsonConverter<PhoneNumber>
{
    public override PhoneNumber Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString());

    public override void Write(Utf8JsonWriter writer, PhoneNumber value, JsonSerializerOptions options) => WriteText(writer, value);

    public static PhoneNumber Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return default;
        return PhoneNumberReader.TryReadGraph(text, out PhoneNumber number)
            ? number
            : throw new JsonException("A stored phone number does not read as one.");
    }

    public static void WriteText(Utf8JsonWriter writer, PhoneNumber value)
    {
        Span<char> text = stackalloc char[PhoneNumber.MaxCanonicalLength];
        value.TryFormat(text, out int written);
        writer.WriteStringValue(text[..written]);
    }
}
