using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace ProvisioningConnector.Facade.Http;

/// <summary>Problem details (RFC 9457) with a stable <c>code</c> for programs.</summary>
internal static class Problem
{
    public const string ContentType = "application/problem+json; charset=utf-8";
    private const string TypePrefix = "urn:provisioning-connector:problem:";

    /// <summary>The error body of everything under <c>/api</c>.</summary>
    public static bool IsSpokenOn(PathString path) => path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    /// <param name="status">HTTP status.</param>
    /// <param name="code">Stable word; null: the status's own.</param>
    /// <param name="detail">What, why and what to do; no full number, no secret.</param>
    /// <param name="retryAfter">When to ask again.</param>
    /// <param name="more">Further members, such as <c>held</c> and <c>outcomes</c>.</param>
    public static PlainAnswer Create(int status, string? code, string detail, TimeSpan? retryAfter = null, JsonObject? more = null)
    {
        string word = code ?? Word(status);
        JsonObject body = new()
        {
            ["type"] = TypePrefix + word,
            ["title"] = ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase ? phrase : "Error",
            ["status"] = status,
            ["detail"] = HttpWording.From(detail),
            ["code"] = word,
        };
        foreach ((string name, JsonNode? value) in more ?? []) body[name] = value?.DeepClone();
        return new PlainAnswer(status, PlainAnswer.Text(body))
        {
            ContentType = ContentType, RetryAfter = retryAfter,
            IsPassing = status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status502BadGateway
        };
    }

    private static string Word(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "badRequest",
        StatusCodes.Status401Unauthorized => "accessDenied",
        StatusCodes.Status403Forbidden => "forbidden",
        StatusCodes.Status404NotFound => "notFound",
        StatusCodes.Status405MethodNotAllowed => "methodNotAllowed",
        StatusCodes.Status408RequestTimeout => "requestTimeout",
        StatusCodes.Status413PayloadTooLarge => "tooLarge",
        StatusCodes.Status415UnsupportedMediaType => "unsupportedMediaType",
        StatusCodes.Status429TooManyRequests => "tooManyRequests",
        StatusCodes.Status500InternalServerError => "internalError",
        StatusCodes.Status503ServiceUnavailable => "unavailable",
        _ => "error",
    };
}
