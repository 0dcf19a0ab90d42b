using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using ProvisioningConnector.Crest.Errors;

namespace ProvisioningConnector.Facade.Http;

/// <summary>Errors as every caller sees them: <c>{code, reason, message}</c>, the reason fixed
/// by the code, the message HTML-escaped (docs/openidm.md#crest-errors).</summary>
internal static class ErrorReply
{
    public const string AccessDenied = "Access Denied";

    // Messages are HTML-escaped already, and clients compare them as text.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As the CREST grammar words it.</summary>
    public static Task WriteAsync(HttpContext context, CrestError error, TimeSpan? retryAfter = null) =>
        SendAsync(context, error.Code, writer => ErrorJson.Write(writer, error with { Message = HttpWording.From(error.Message) }), retryAfter);

    /// <summary>With any status, also one that CREST does not know; for the plain API as problem details.</summary>
    public static Task WriteAsync(HttpContext context, int code, string message, TimeSpan? retryAfter = null, string? word = null) =>
        Problem.IsSpokenOn(context.Request.Path)
        ? Problem.Create(code, word, message, retryAfter).WriteAsync(context)
        : SendAsync(
        context, code,
        writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("code", code);
            writer.WriteString("reason", Reason(code));
            writer.WriteString("message", WebUtility.HtmlEncode(HttpWording.From(message)));
            if (word is not null)
            {
                writer.WriteStartObject("detail");
                writer.WriteString("code", word);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        },
        retryAfter);

    public static Task WriteAsync(HttpContext context, FacadeRefusal refusal) =>
        WriteAsync(context, refusal.Code, refusal.Message, refusal.RetryAfter, refusal.Word);

    /// <summary>A path is repeated only when it can be nothing but names: parts of it may be numbers.</summary>
    public static string NotFound(PathString path)
    {
        string resource = (path.Value ?? string.Empty).Trim('/');
        if (resource.StartsWith("openidm/", StringComparison.Ordinal)) resource = resource["openidm/".Length..];
        return $"Resource {SafeQuote.Quote(resource, "''")} not found";
    }

    /// <summary>CREST's phrases, which clients compare, or HTTP's where CREST has none.</summary>
    public static string Reason(int code)
    {
        if (Enum.IsDefined((CrestStatus)code)) return Crest.Errors.ReasonPhrases.For((CrestStatus)code);
        return Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(code) is { Length: > 0 } phrase ? phrase : "Error";
    }

    private static async Task SendAsync(HttpContext context, int code, Action<Utf8JsonWriter> write, TimeSpan? retryAfter)
    {
        if (context.Response.HasStarted) return;
        ArrayBufferWriter<byte> body = new();
        using (Utf8JsonWriter writer = new(body, Writing with { Indented = PrettyPrint.IsAsked(context) })) write(writer);
        context.Response.StatusCode = code;
        context.Response.ContentType = "application/json;charset=UTF-8";
        context.Response.ContentLength = body.WrittenCount;
        if (retryAfter is { } pause
            && pause > TimeSpan.Zero) context.Response.Headers.RetryAfter = Math.Ceiling(pause.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.Body.WriteAsync(body.WrittenMemory, CancellationToken.None);
    }
}
