namespace ProvisioningConnector.Crest.Errors;

/// <summary>
/// The statuses that CREST knows (idm-conventions 1.6); the number is the HTTP status. There is no 429: throttling that outlasts
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
