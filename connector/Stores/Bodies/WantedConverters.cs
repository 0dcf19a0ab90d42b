using System.Text.Json;
using System.Text.Json.Serialization;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Stores.Bodies;

/// <summary>A wanted value: null when unmanaged, false when it is to be empty, else the value's text.</summary>
internal abstract class WantedConverter<T> : JsonConverter<Wanted<T>>
    where T : notnull
{
    public override bool HandleNull => true;

    public override Wanted<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => default,
        JsonTokenType.False => Wanted.None<T>(),
        _ => Wanted.Of(Parse(reader.GetString() ?? "")),
    };

    public override void Write(Utf8JsonWriter writer, Wanted<T> value, JsonSerializerOptions options)
    {
        if (value.TryGet(out T? wanted)) WriteText(writer, wanted);
        else if (value.IsManaged) writer.WriteBooleanValue(false);
        else writer.WriteNullValue();
    }

    protected abstract T Parse(string text);

    protected abstract void WriteText(Utf8JsonWriter writer, T value);
}

/// <summary>A wanted phone number.</summary>
internal sealed class WantedNumberConverter : WantedConverter<PhoneNumber>
{
    protected override PhoneNumber Parse(string text) => PhoneNumberConverter.Parse(text);

    protected override void WriteText(Utf8JsonWriter writer, PhoneNumber value) => PhoneNumberConverter.WriteText(writer, value);
}

/// <summary>A wanted e-mail address.</summary>
internal sealed class WantedTextConverter : WantedConverter<string>
{
    protected override string Parse(string text) => text;

    protected override void WriteText(Utf8JsonWriter writer, string value) => writer.WriteStringValue(value);
}
