namespace ProvisioningConnector.Crest.Errors;

/// <summary>The fixed words of <c>reason</c> (idm-conventions 1.6). Clients compare them.</summary>
public static class ReasonPhrases
{
    /// <summary>The phrase of a status, e.g. "Request Time-out".</summary>
    public static string Of(CrestStatus status) => status switch
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
