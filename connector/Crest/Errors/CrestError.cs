using System.Text.Json;

namespace ProvisioningConnector.Crest.Errors;

/// <summary>
/// What a caller is told when a request cannot be served (idm-conventions 1.6). Messages are plain text here and are HTML-escaped
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
    public string Reason => ReasonPhrases.Of(Status);

    internal static CrestError Bad(string message) => new(CrestStatus.BadRequest, message);

    internal static CrestError Bad(string message, int position, string advice) =>
        new(CrestStatus.BadRequest, message, ErrorDetail.Position(position, advice));
}
