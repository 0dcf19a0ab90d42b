namespace ProvisioningConnector.Engine.Records;

/// <summary>An error of the tenant's service, classified.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="Code">Our stable code, <c>PP…</c>.</param>
/// <param name="Message">What happened, in plain words; may quote the service's text, never a full phone number.</param>
/// <param name="Advice">What to do next; may be empty.</param>
/// <param name="Status">HTTP status; null when no answer came.</param>
/// <param name="RequestId">The service's <c>request-id</c> (or ours, when none came).</param>
public sealed record ServiceError(ErrorKind Kind, string Code, string Message, string Advice = "", int? Status = null, string? RequestId = null);
