using System.Text.Json;
using Microsoft.Net.Http.Headers;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Json;
using ProvisioningConnector.Crest.Requests;

namespace ProvisioningConnector.Facade.Http;

/// <summary>Which rules a body is read by.</summary>
internal enum BodyDialect
{
    /// <summary>As CREST has it: a body names its type, <c>application/json</c>; 32 levels.</summary>
    Crest,

    /// <summary>The plain API: <c>application/json</c>, <c>text/json</c> or no type at all; 16 levels.</summary>
    Plain,
}

/// <summary>The body of a request, read here and nowhere else: type, encoding, length, byte-order mark, JSON within limits.</summary>
/// <param name="Bytes">As sent, without a byte-order mark.</param>
/// <param name="Limits">Of its JSON.</param>
internal sealed record RequestBody(ReadOnlyMemory<byte> Bytes, BodyLimits Limits)
{
    private const int LargestGuess = 1 << 20;
    private const int PlainDepth = 16;

    /// <summary>No body, or nothing but blanks.</summary>
    public bool IsBlank => Bytes.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0;

    /// <summary>One object.</summary>
    public Parsed<JsonElement> Object() => JsonBody.SingleObject(Bytes.Span, Limits);

    /// <summary>One object; an empty one when there is no body.</summary>
    public Parsed<JsonElement> ObjectOrNothing() => JsonBody.SingleObjectOrNothing(Bytes.Span, Limits);

    /// <summary>Any JSON value.</summary>
    public Parsed<JsonElement> Any() => JsonBody.Any(Bytes.Span, Limits);

    /// <summary>Judges the headers; null: the body may be read.</summary>
    /// <param name="request">The request.</param>
    /// <param name="dialect">The rules.</param>
    /// <param name="isThere">Whether there is a body, or the request needs one.</param>
    public static CrestError? Refusal(HttpRequest request, BodyDialect dialect, bool isThere)
    {
        CrestError? type = dialect switch
        {
            BodyDialect.Crest => ContentTypes.Check(request.ContentType, isThere),
            BodyDialect.Plain => IsPlainJson(request.ContentType) ? null : new CrestError(CrestStatus.UnsupportedMediaType,
                "The body is to be application/json."),
        };
        return type ?? (isThere ? ContentTypes.CheckEncoding(request.Headers.ContentEncoding) : null);
    }

    /// <summary>Reads the body. Its length is bounded by the server, its time by the server's least rate and the request's timeout.</summary>
    /// <exception cref="FacadeRefusal">503: the process stops, and the request has not begun while its body is on its way.</exception>
    public static async Task<RequestBody> ReadAsync(HttpContext context, BodyDialect dialect)
    {
        Hosting.FacadeServices services = context.Services();
        BodyLimits limits = new(services.Settings.Facade.MaxBody, dialect switch
        {
            BodyDialect.Crest => BodyLimits.Default.Depth,
            BodyDialect.Plain => PlainDepth,
        });
        using MemoryStream bytes = new((int)Math.Clamp(context.Request.ContentLength ?? 0, 0, LargestGuess));
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, services.Work.Stopping);
        try
        {
            await context.Request.Body.CopyToAsync(bytes, end.Token);
        }
        catch (OperationCanceledException) when (services.Work.Stopping.IsCancellationRequested)
        {
            throw FacadeRefusal.NotBegun();
        }

        ReadOnlyMemory<byte> text = bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        return new RequestBody(text.Span.StartsWith("\uFEFF"u8) ? text[3..] : text, limits);
    }

    private static bool IsPlainJson(string? sent) => string.IsNullOrEmpty(sent) || (MediaTypeHeaderValue.TryParse(sent, out MediaTypeHeaderValue? type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.MediaType.Equals("text/json", StringComparison.OrdinalIgnoreCase)));
}
