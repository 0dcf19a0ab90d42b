using ProvisioningConnector.Crest.Errors;

namespace ProvisioningConnector.Crest.Requests;

/// <summary>
/// Judges <c>Content-Type</c> of requests with a body (docs/openidm.md#bodies-and-versions): <c>application/json</c>, whose optional charset is UTF-8. CREST
/// takes multipart as well, for pictures and the like; there are none here.
/// </summary>
public static class ContentTypes
{
    private const string Json = "application/json";

    /// <summary>The 400, or null.</summary>
    /// <param name="contentType">The header; null when not sent.</param>
    /// <param name="hasBody">Whether there is a body, or the request needs one.</param>
    public static CrestError? Check(string? contentType, bool hasBody)
    {
        if (string.IsNullOrWhiteSpace(contentType))
        {
            return hasBody
                ? CrestError.Bad($"The request could not be processed because the content-type was not specified and is required. Supported is '{Json}'.")
                : null;
        }

        ReadOnlySpan<char> rest = contentType;
        int end = rest.IndexOf(';');
        ReadOnlySpan<char> type = (end < 0 ? rest : rest[..end]).Trim();
        if (!type.Equals(Json, StringComparison.OrdinalIgnoreCase)) return Refusal(type);
        while (end >= 0)
        {
            rest = rest[(end + 1)..];
            end = rest.IndexOf(';');
            if (!IsUnderstood((end < 0 ? rest : rest[..end]).Trim())) return Refusal(type);
        }

        return null;
    }

    /// <summary>The 415 for a body that says it is compressed (<c>Content-Encoding</c>), or null: bodies are read as they are sent.</summary>
    /// <param name="contentEncoding">The header; null or empty when not sent.</param>
    public static CrestError? CheckEncoding(string? contentEncoding) =>
        string.IsNullOrWhiteSpace(contentEncoding) || contentEncoding.Trim().Equals("identity", StringComparison.OrdinalIgnoreCase) ? null
            : new CrestError(CrestStatus.UnsupportedMediaType,
                "Bodies with a Content-Encoding are not understood. Nothing was done. Send the body uncompressed.");

    private static bool IsUnderstood(ReadOnlySpan<char> parameter)
    {
        const string Charset = "charset=";
        if (!parameter.StartsWith(Charset, StringComparison.OrdinalIgnoreCase)) return true;
        ReadOnlySpan<char> charset = parameter[Charset.Length..].Trim('"');
        return charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || charset.Equals("utf8", StringComparison.OrdinalIgnoreCase)
            || charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase);
    }

    private static CrestError Refusal(ReadOnlySpan<char> type) => CrestError.Bad(
        $"The request could not be processed because it specified the content-type {SafeQuote.Quote(type, "'…'")} when only the content-type "
        + $"'{Json}' (charset utf-8) is supported");
}
