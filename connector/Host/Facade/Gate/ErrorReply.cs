using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace ProvisioningConnector.Host.Facade.Gate;

/// <summary>Errors as every caller sees them: <c>{code, reason, message}</c>, the reason fixed by the code, the message HTML-escaped (idm-conventions 1.6).</summary>
internal static class ErrorReply
{
    public const string AccessDenied = "Access Denied";

    public static async Task WriteAsync(HttpContext context, int code, string message, TimeSpan? retryAfter = null)
    {
        if (context.Response.HasStarted) return;
        ArrayBufferWriter<byte> body = new();
        using (Utf8JsonWriter writer = new(body))
        {
            writer.WriteStartObject();
            writer.WriteNumber("code", code);
            writer.WriteString("reason", Reason(code));
            writer.WriteString("message", WebUtility.HtmlEncode(message));
            writer.WriteEndObject();
        }

        context.Response.StatusCode = code;
        context.Response.ContentType = "application/json;charset=UTF-8";
        context.Response.ContentLength = body.WrittenCount;
        if (retryAfter is { } pause && pause > TimeSpan.Zero) context.Response.Headers.RetryAfter = Math.Ceiling(pause.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.Body.WriteAsync(body.WrittenMemory, CancellationToken.None);
    }

    public static string NotFound(PathString path)
    {
        const int Most = 100;
        string resource = (path.Value ?? string.Empty).Trim('/');
        if (resource.StartsWith("openidm/", StringComparison.Ordinal)) resource = resource["openidm/".Length..];
        return $"Resource '{(resource.Length > Most ? resource[..Most] : resource)}' not found";
    }

    /// <summary>CREST's spellings, where they differ from HTTP's.</summary>
    public static string Reason(int code) => code switch
    {
        StatusCodes.Status408RequestTimeout => "Request Time-out",
        StatusCodes.Status413PayloadTooLarge => "Request Entity Too Large",
        StatusCodes.Status414UriTooLong => "Request-URI Too Large",
        StatusCodes.Status504GatewayTimeout => "Gateway Time-out",
        _ => ReasonPhrases.GetReasonPhrase(code) is { Length: > 0 } phrase ? phrase : "Error",
    };
}
