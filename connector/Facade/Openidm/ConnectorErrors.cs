using System.Diagnostics;
using System.Text.Json;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Icf.Errors;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>From ICF's exceptions to answers (docs/openidm.md#crest-errors): of a change what its result says (<see cref="ChangeReply"/>), else by their
/// kind.</summary>
internal static class ConnectorErrors
{
    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(5);

    public static async Task<(CrestError Error, TimeSpan? RetryAfter)> OfAsync(ConnectorException problem, KeyedDigests digests)
    {
        ChangeReply? reply = problem.Change is { } change ? ChangeReply.From(change) : null;
        CrestStatus status = reply?.Crest ?? Status(problem);
        TimeSpan? retryAfter = status == CrestStatus.ServiceUnavailable ? reply?.RetryAfter ?? (problem as RetryableException)?.RetryAfter ?? SoonAgain : null;
        JsonElement? detail = await ChangeDetail.OfAsync(problem.Code, reply, digests);
        return (new CrestError(status, HttpWording.From(problem.Message, problem.Code ?? ""), detail), retryAfter);
    }

    private static CrestStatus Status(ConnectorException problem) => problem switch
    {
        AlreadyExistsException or PreconditionFailedException => CrestStatus.PreconditionFailed,
        ConfigurationException or PartlyDoneException => CrestStatus.InternalServerError,
        ConnectionBrokenException or ConnectionFailedException or ConnectorIOException or OperationTimeoutException or RetryableException =>
            CrestStatus.ServiceUnavailable,
        InvalidCredentialException => CrestStatus.Unauthorized,
        UnknownUidException or UnsupportedOperationException => CrestStatus.NotFound,
        PermissionDeniedException => CrestStatus.Forbidden,
        InvalidAttributeValueException => CrestStatus.BadRequest,
        _ => throw new UnreachableException(problem.GetType().Name),
    };
}
