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

/// <summary>The body of a request: its type is judged, its JSON is read within limits. Compressed ones are refused before (<c>RequestBounds</c>).</summary>
/// <param name="Bytes">As sent, without a byte-order mark.</param>
/// <param name="Limits">Of its JSON.</param>
internal sealed record RequestBody(ReadOnlyMemory<byte> Bytes, BodyLimits Limits)
{
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
        return dialect switch
        {
            BodyDialect.Crest => ContentTypes.Check(request.ContentType, isThere),
            BodyDialect.Plain => IsPlainJson(request.ContentType) ? null : new CrestError(CrestStatus.UnsupportedMediaType,
                "The body must be application/json."),
        };
    }

    private static bool IsPlainJson(string? sent) => string.IsNullOrEmpty(sent) || (MediaTypeHeaderValue.TryParse(sent, out MediaTypeHeaderValue? type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.MediaType.Equals("text/json", StringComparison.OrdinalIgnoreCase)));
}
