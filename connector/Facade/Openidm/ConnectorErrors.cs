using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Icf.Errors;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>The one table from ICF's exceptions to answers (idm-conventions 1.6).</summary>
internal static class ConnectorErrors
{
    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(5);

    public static async Task<(CrestError Error, TimeSpan? RetryAfter)> OfAsync(ConnectorException trouble, KeyedDigests digests)
    {
        CrestStatus status = Status(trouble);
        TimeSpan? retryAfter = status == CrestStatus.ServiceUnavailable ? (trouble as RetryableException)?.RetryAfter ?? SoonAgain : null;
        JsonElement? detail = await ChangeDetail.OfAsync(trouble, digests);
        return (new CrestError(status, trouble.Message, detail), retryAfter);
    }

    private static CrestStatus Status(ConnectorException trouble) => trouble switch
    {
        AlreadyExistsException or PreconditionFailedException => CrestStatus.PreconditionFailed,
        PartlyDoneException { Change: ChangeResult.PartlyDone { Record.Result.Operations: var operations } } => Failed(operations),
        ConfigurationException or PartlyDoneException => CrestStatus.InternalServerError,
        ConnectionBrokenException or ConnectionFailedException or ConnectorIOException or OperationTimeoutException or RetryableException =>
            CrestStatus.ServiceUnavailable,
        InvalidCredentialException => CrestStatus.Unauthorized,
        UnknownUidException or UnsupportedOperationException => CrestStatus.NotFound,
        PermissionDeniedException => CrestStatus.Forbidden,
        InvalidAttributeValueException => CrestStatus.BadRequest,
        _ => throw new InvalidOperationException($"An exception of a kind that nobody words: {trouble.GetType().Name}."),
    };

    /// <summary>Where nothing at all was done, the tenant's refusal of the first operation is the answer.</summary>
    private static CrestStatus Failed(ImmutableArray<OperationResult> operations)
    {
        if (operations.Any(o => o.Outcome is OperationOutcome.Done or OperationOutcome.Unknown)) return CrestStatus.InternalServerError;
        if (operations.FirstOrDefault(o => !o.CountsAsDone)?.Error is { IsUnreadable: true }) return CrestStatus.ServiceUnavailable;
        return operations.FirstOrDefault(o => o.Outcome == OperationOutcome.Failed)?.Error?.Status switch
        {
            400 or 405 or 406 or 409 => CrestStatus.BadRequest,
            401 or 402 or 403 => CrestStatus.Forbidden,
            429 or 503 or 504 => CrestStatus.ServiceUnavailable,
            _ => CrestStatus.InternalServerError,
        };
    }
}
