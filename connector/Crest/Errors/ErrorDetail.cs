using System.Buffers;
using System.Text.Json;

namespace ProvisioningConnector.Crest.Errors;

/// <summary>Builds the <c>detail</c> objects of this project's own errors.</summary>
internal static class ErrorDetail
{
    /// <summary>Where in a text (1 is the first character), and what to write instead.</summary>
    public static JsonElement Position(int position, string advice) => Write(json =>
    {
        json.WriteNumber("position", position);
        json.WriteString("advice", advice);
    });

    /// <summary>Where in a body: line and byte in it, both counted from 1, and what to do.</summary>
    public static JsonElement Place(long line, long column, string advice) => Write(json =>
    {
        json.WriteNumber("line", line);
        json.WriteNumber("position", column);
        json.WriteString("advice", advice);
    });

    /// <summary>What to do.</summary>
    public static JsonElement Advice(string advice) => Write(json => json.WriteString("advice", advice));

    private static JsonElement Write(Action<Utf8JsonWriter> content)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }

        Utf8JsonReader reader = new(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }
}
