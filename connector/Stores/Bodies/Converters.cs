using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using ProvisioningConnector.Engine.Model;
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
                return CurrentSlot.From(PhoneNumberConverter.Parse(reader.GetString()));
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

/// <summary>A wanted value: null when unmanaged, false when it is to be empty, else the value's text.</summary>
internal abstract class ManagedConverter<T> : JsonConverter<Managed<T>>
    where T : notnull
{
    public override bool HandleNull => true;

    public override Managed<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => default,
        JsonTokenType.False => Managed.None<T>(),
        _ => Managed.Value(Parse(reader.GetString() ?? "")),
    };

    public override void Write(Utf8JsonWriter writer, Managed<T> value, JsonSerializerOptions options)
    {
        if (value.TryGet(out T? wanted)) WriteText(writer, wanted);
        else if (value.IsManaged) writer.WriteBooleanValue(false);
        else writer.WriteNullValue();
    }

    protected abstract T Parse(string text);

    protected abstract void WriteText(Utf8JsonWriter writer, T value);
}

/// <summary>A wanted phone number.</summary>
internal sealed class ManagedNumberConverter : ManagedConverter<PhoneNumber>
{
    protected override PhoneNumber Parse(string text) => PhoneNumberConverter.Parse(text);

    protected override void WriteText(Utf8JsonWriter writer, PhoneNumber value) => PhoneNumberConverter.WriteText(writer, value);
}

/// <summary>A wanted e-mail address.</summary>
internal sealed class ManagedTextConverter : ManagedConverter<string>
{
    protected override string Parse(string text) => text;

    protected override void WriteText(Utf8JsonWriter writer, string value) => writer.WriteStringValue(value);
}

/// <summary>A set of names, which are compared ignoring case; written in ordinal order.</summary>
internal sealed class NamesConverter : JsonConverter<ImmutableHashSet<string>>
{
    public override ImmutableHashSet<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        ImmutableHashSet<string>.Builder names = ImmutableHashSet.CreateBuilder<string>(StringComparer.OrdinalIgnoreCase);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.GetString() is { } name) names.Add(name);
        }

        return names.ToImmutable();
    }

    public override void Write(Utf8JsonWriter writer, ImmutableHashSet<string> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (string name in value.Order(StringComparer.Ordinal)) writer.WriteStringValue(name);
        writer.WriteEndArray();
    }
}

/// <summary>What is known of a default method: <c>notRead</c>, <c>unreadable</c>, <c>none</c>, or the method's own name.</summary>
internal sealed class DefaultMethodConverter : JsonConverter<DefaultMethod>
{
    public override DefaultMethod Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString() switch
    {
        "notRead" => DefaultMethod.NotRead,
        "unreadable" => DefaultMethod.Unreadable,
        "none" => DefaultMethod.None,
        var name => PreferredMethods.TryParse(name, out PreferredMethod method)
            ? DefaultMethod.From(method)
            : throw new JsonException("A stored default method is unknown."),
    };

    public override void Write(Utf8JsonWriter writer, DefaultMethod value, JsonSerializerOptions options) => writer.WriteStringValue(value.Knowledge switch
    {
        DefaultMethodKnowledge.NotRead => "notRead",
        DefaultMethodKnowledge.Unreadable => "unreadable",
        DefaultMethodKnowledge.None => "none",
        DefaultMethodKnowledge.Known => value.Method.Name(),
    });
}
