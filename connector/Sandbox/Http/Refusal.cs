using System.Globalization;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Http;

/// <summary>Graph's error envelope (docs/graph.md#error-envelope).</summary>
internal static class Refusal
{
    public static Answer Create(Call call, Site site, ErrorAnswer error, string argument = "") =>
        Create(call, site, error.Status, error.Code, error.Message.Replace("{0}", argument, StringComparison.Ordinal));

    public static Answer Create(Call call, Site site, int status, string code, string message) =>
        Answer.Object(status, (call, site, code, message), static (w, s) =>
        {
            w.WriteStartObject("error");
            w.WriteString("code", s.code);
            w.WriteString("message", s.message);
            w.WriteStartObject("innerError");
            if (s.code is "badRequest") w.WriteString("message", s.message);
            w.WriteString("date", s.site.Now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
            w.WriteString("request-id", s.call.RequestId);
            w.WriteString("client-request-id", s.call.Headers.ClientRequestId ?? s.call.RequestId.ToString());
            w.WriteEndObject();
            w.WriteEndObject();
        });

    public static Answer BadRequest(Call call, Site site, string message) => Create(call, site, 400, "BadRequest", message);

    public static Answer UnknownSegment(Call call, Site site, string segment) =>
        Create(call, site, 400, "BadRequest", $"Resource not found for the segment '{segment}'.");

    public static Answer DirectoryMissing(Call call, Site site, string id) =>
        Create(call, site, 404, "Request_ResourceNotFound",
            $"Resource '{id}' does not exist or one of its queried reference-property objects are not present.");

    public static Answer BadBody(Call call, Site site) =>
        BadRequest(call, site, "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.");
}
