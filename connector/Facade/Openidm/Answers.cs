using System.Buffers;
using System.Text.Json;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Json;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>What goes back: JSON as CREST writes it.</summary>
internal static class Answers
{
    /// <summary>What a caller reads whose work takes longer than they may wait.</summary>
    public static readonly LateReply Late = new(
        "The tenant is slow. What was asked for goes on here; ask again to learn what became of it: a repeat is safe.", TimeSpan.FromSeconds(10));

    /// <summary>200 with what is written.</summary>
    public static async Task JsonAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> body = new(1024);
        using (Utf8JsonWriter json = new(body, CrestJson.Options(PrettyPrint.IsAsked(context)))) write(json);
        await BytesAsync(context, body.WrittenMemory, CrestJson.ContentType);
    }

    public static async Task BytesAsync(HttpContext context, ReadOnlyMemory<byte> body, string contentType)
    {
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>The value; its error is the answer.</summary>
    /// <exception cref="CallRefusal">It has none.</exception>
    public static T OrRefuse<T>(this Parsed<T> parsed) => parsed.Succeeded(out T? value, out CrestError? error) ? value : throw new CallRefusal(error);
}

/// <summary>A request comes to nothing for a reason in CREST's words.</summary>
internal sealed class CallRefusal(CrestError error, TimeSpan? retryAfter = null) : Exception(error.Message)
{
    public CrestError Error { get; } = error;

    public TimeSpan? RetryAfter { get; } = retryAfter;
}
