using System.Text.Json;

namespace ProvisioningConnector.Crest.Errors;

/// <summary>Writes errors as <c>{"code":404,"reason":"Not Found","message":"…"[,"detail":{…}][,"cause":{"message":"…"}]}</c>.</summary>
public static class ErrorJson
{
    /// <summary>Writes one error as an object.</summary>
    public static void Write(Utf8JsonWriter json, CrestError error)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(error);
        json.WriteStartObject();
        json.WriteNumber("code", error.Code);
        json.WriteString("reason", error.Reason);
        json.WriteString("message", HtmlText.Escape(error.Message));
        if (error.Detail is { } detail)
        {
            json.WritePropertyName("detail");
            detail.WriteTo(json);
        }

        if (error.Cause is { } cause)
        {
            json.WriteStartObject("cause");
            json.WriteString("message", HtmlText.Escape(cause));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
