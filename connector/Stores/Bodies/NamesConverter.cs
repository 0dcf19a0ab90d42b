using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProvisioningConnector.Stores.Bodies;

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
