using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Crest.Requests;

namespace ProvisioningConnector.Facade.Http;

/// <summary>An answer of the plain API, made apart from the request, which may be gone when it is ready.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">JSON text; null for none.</param>
internal sealed record PlainAnswer(int Status, string? Body) : IResult
{
    public const string Json = "application/json; charset=utf-8";

    // '+' stays readable; answers are JSON by their content type and never sniffed.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The revision of the user whom the answer shows; null without one.</summary>
    public string? Revision { get; init; }

    /// <summary>When to ask again; null: not said.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>It holds a password or a pass: shown once and stored nowhere.</summary>
    public bool ReturnsSecret { get; init; }

    /// <summary>Nothing was done, or no one knows: a repeat is to be tried and not answered from memory.</summary>
    public bool IsPassing { get; init; }

    public string ContentType { get; init; } = Json;

    /// <summary>Codes of what is to be known of a change; null for none.</summary>
    public string? Diagnostics { get; init; }

    public static PlainAnswer From(JsonObject body, string? revision = null, int status = StatusCodes.Status200OK) =>
        new(status, Text(body)) { Revision = revision };

    public static PlainAnswer Nothing(string? revision) => new(StatusCodes.Status204NoContent, null) { Revision = revision };

    public static string Text(JsonObject body)
    {
        ArrayBufferWriter<byte> text = new();
        using (Utf8JsonWriter writer = new(text, Writing)) body.WriteTo(writer);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    Task IResult.ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext);

    public async Task WriteAsync(HttpContext context)
    {
        HttpResponse response = context.Response;
        if (response.HasStarted) return;
        string? tag = Revision is null ? null : EntityTags.Header(Revision);
        bool isKnown = tag is not null && Status == StatusCodes.Status200OK && HttpMethods.IsGet(context.Request.Method)
            && EntityTags.Parse(context.Request.Headers.IfNoneMatch.ToString()) is RevisionCondition.OneOf some && some.Holds(Revision);
        response.StatusCode = isKnown ? StatusCodes.Status304NotModified : Status;
        if (tag is not null) response.Headers.ETag = tag;
        response.Headers.CacheControl = "no-store";
        if (Diagnostics is not null) response.Headers[ChangeDiagnostics.Header] = Diagnostics;
        if (RetryAfter is { } pause
            && pause > TimeSpan.Zero) response.Headers.RetryAfter = Math.Ceiling(pause.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (isKnown || Body is null) return;
        byte[] body = Encoding.UTF8.GetBytes(Body);
        response.ContentType = ContentType;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, CancellationToken.None);
    }
}
