using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProvisioningConnector.Sandbox.Http;

/// <summary>What goes back for one logical request.</summary>
internal sealed class Answer(int status, ReadOnlyMemory<byte> body)
{
    private static readonly JsonWriterOptions Writer = new()
    {
        SkipValidation = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public int Status { get; } = status;
    public ReadOnlyMemory<byte> Body { get; } = body;
    public List<KeyValuePair<string, string>> Headers { get; } = [];

    public static Answer NoContent() => new(204, default);

    /// <summary>An answer whose body is a JSON object; <paramref name="write"/> writes its properties.</summary>
    public static Answer Object<T>(int status, T state, Action<Utf8JsonWriter, T> write)
    {
        ArrayBufferWriter<byte> buffer = new ArrayBufferWriter<byte>(512);
        using (Utf8JsonWriter writer = new Utf8JsonWriter(buffer, Writer))
        {
            writer.WriteStartObject();
            write(writer, state);
            writer.WriteEndObject();
        }
        return new Answer(status, buffer.WrittenMemory);
    }

    public Answer With(string header, string value)
    {
        Headers.Add(new(header, value));
        return this;
    }
}
