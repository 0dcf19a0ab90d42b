using System.Buffers;
using System.Text.Json;
using ProvisioningConnector.Crest.Json;
using ProvisioningConnector.Icf.Objects;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>Objects as JSON: <c>_id</c>, <c>_rev</c> when the methods were read, then the
/// attributes. Unset multi-valued ones are <c>[]</c>, unset others are left out.</summary>
internal static class ObjectJson
{
    /// <param name="user">The object.</param>
    /// <param name="shown">Attributes to show; others were read for another purpose.</param>
    public static JsonElement Write(ConnectorObject user, ShownFields shown)
    {
        ArrayBufferWriter<byte> buffer = new(512);
        using (Utf8JsonWriter json = new(buffer, CrestJson.Compact)) Write(json, user, shown);
        Utf8JsonReader reader = new(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    private static void Write(Utf8JsonWriter json, ConnectorObject user, ShownFields shown)
    {
        json.WriteStartObject();
        json.WriteString("_id", user.Uid.Value);
        if (user.Uid.Revision is { } revision) json.WriteString("_rev", revision);
        foreach (ConnectorAttribute attribute in user.Attributes)
        {
            if (shown.Attributes.Contains(attribute.Name, StringComparer.Ordinal)) Write(json, attribute);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ConnectorAttribute attribute)
    {
        if (UserAttributeTable.Find(attribute.Name)?.IsMany() == true)
        {
            json.WriteStartArray(attribute.Name);
            foreach (object value in attribute.Values) Write(json, value);
            json.WriteEndArray();
        }
        else if (attribute.Single is { } single)
        {
            json.WritePropertyName(attribute.Name);
            Write(json, single);
        }
    }

    private static void Write(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case IReadOnlyDictionary<string, string> map:
                json.WriteStartObject();
                foreach ((string name, string text) in map) json.WriteString(name, text);
                json.WriteEndObject();
                break;
            default:
                throw new InvalidOperationException($"A value is of an unknown kind: {value.GetType().Name}.");
        }
    }
}
