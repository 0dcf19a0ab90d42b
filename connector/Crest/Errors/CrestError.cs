using System.Buffers;
using System.Text.Json;

namespace ProvisioningConnector.Crest.Errors;

/// <summary>
/// The error of a request that cannot be served (docs/openidm.md#crest-errors). Messages are plain text here and are HTML-escaped
/// when written (<see cref="ErrorJson"/>); they never repeat values of the request, which may be phone numbers or secrets.
/// </summary>
/// <param name="Status">Status and <c>code</c>; <c>reason</c> follows from it.</param>
/// <param name="Message">What, where, why; plain text.</param>
/// <param name="Detail">More for programs: an object, e.g. a position; null when there is none.</param>
/// <param name="Cause">The message of what caused it; null when there is none.</param>
public sealed record CrestError(CrestStatus Status, string Message, JsonElement? Detail = null, string? Cause = null)
{
    /// <summary>The HTTP status.</summary>
    public int Code => (int)Status;

    /// <summary>The fixed phrase of the status.</summary>
    public string Reason => ReasonPhrases.For(Status);

    internal static CrestError Bad(string message) => new(CrestStatus.BadRequest, message);

    internal static CrestError Bad(string message, int position, string advice) =>
        new(CrestStatus.BadRequest, message, ErrorDetail.Position(position, advice));
}

/// <summary>Builds the <c>detail</c> objects of this project's own errors.</summary>
public static class ErrorDetail
{
    /// <summary>Where in a text (1 is the first character), and what to write instead.</summary>
    internal static JsonElement Position(int position, string advice) => Write(json =>
    {
        json.WriteNumber("position", position);
        json.WriteString("advice", advice);
    });

    /// <summary>Where in a body: line and byte in it, both counted from 1, and what to do.</summary>
    internal static JsonElement Place(long line, long column, string advice) => Write(json =>
    {
        json.WriteNumber("line", line);
        json.WriteNumber("position", column);
        json.WriteString("advice", advice);
    });

    /// <summary>A stable code, for programs.</summary>
    public static JsonElement Code(string code) => Write(json => json.WriteString("code", code));

    /// <summary>What to do.</summary>
    internal static JsonElement Advice(string advice) => Write(json => json.WriteString("advice", advice));

    private static JsonElement Write(Action<Utf8JsonWriter> content)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }

        Utf8JsonReader reader = new(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }
}

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
