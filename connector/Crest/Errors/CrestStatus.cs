namespace ProvisioningConnector.Crest.Errors;

/// <summary>
/// The statuses that CREST knows (docs/openidm.md#crest-errors); the number is the HTTP status. There is no 429: throttling that outlasts
/// the retries is <see cref="ServiceUnavailable"/>. <see cref="PayloadTooLarge"/> is ours, for bodies over the limit.
/// </summary>
public enum CrestStatus
{
    BadRequest = 400,
    Unauthorized = 401,
    Forbidden = 403,
    NotFound = 404,
    MethodNotAllowed = 405,
    NotAcceptable = 406,
    RequestTimeout = 408,
    Conflict = 409,
    Gone = 410,
    PreconditionFailed = 412,
    PayloadTooLarge = 413,
    UnsupportedMediaType = 415,
    PreconditionRequired = 428,
    InternalServerError = 500,
    NotImplemented = 501,
    ServiceUnavailable = 503,
    GatewayTimeout = 504,
}

/// <summary>The fixed words of <c>reason</c> (docs/openidm.md#crest-errors). Clients compare them.</summary>
public static class ReasonPhrases
{
    /// <summary>The phrase of a status, e.g. "Request Time-out".</summary>
    public static string For(CrestStatus status) => status switch
    {
        CrestStatus.BadRequest => "Bad Request",
        CrestStatus.Unauthorized => "Unauthorized",
        CrestStatus.Forbidden => "Forbidden",
        CrestStatus.NotFound => "Not Found",
        CrestStatus.MethodNotAllowed => "Method Not Allowed",
        CrestStatus.NotAcceptable => "Not Acceptable",
        CrestStatus.RequestTimeout => "Request Time-out",
        CrestStatus.Conflict => "Conflict",
        CrestStatus.Gone => "Gone",
        CrestStatus.PreconditionFailed => "Precondition Failed",
        CrestStatus.PayloadTooLarge => "Payload Too Large",
        CrestStatus.UnsupportedMediaType => "Unsupported Media Type",
        CrestStatus.PreconditionRequired => "Precondition Required",
        CrestStatus.InternalServerError => "Internal Server Error",
        CrestStatus.NotImplemented => "Not Implemented",
        CrestStatus.ServiceUnavailable => "Service Unavailable",
        CrestStatus.GatewayTimeout => "Gateway Time-out",
    };
}
