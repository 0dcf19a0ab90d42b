using System.Buffers;
using System.Text.Json;
using ProvisioningConnector.Crest.Json;
using ProvisioningConnector.Crest.Parameters;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>Answers as JSON, with the fields asked for.</summary>
internal static class ObjectAnswers
{
    /// <summary>An object, projected by <c>_fields</c>.</summary>
    public static Task ObjectAsync(HttpContext context, CrestQuery query, Action<Utf8JsonWriter> write) => SendAsync(context, query, json =>
    {
        using JsonDocument whole = Parse(write);
        Projection.From(query.Fields).Write(json, whole.RootElement);
    });

    public static async Task SendAsync(HttpContext context, CrestQuery query, Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> body = new();
        using (Utf8JsonWriter json = new(body, CrestJson.Options(query.PrettyPrint))) write(json);
        context.Response.ContentType = CrestJson.ContentType;
        context.Response.ContentLength = body.WrittenCount;
        await context.Response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }

    public static JsonDocument Parse(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> body = new();
        using (Utf8JsonWriter json = new(body, CrestJson.Compact)) write(json);
        return JsonDocument.Parse(body.WrittenMemory);
    }
}
