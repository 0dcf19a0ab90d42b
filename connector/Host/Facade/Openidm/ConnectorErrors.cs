using System.Text.Json;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Icf;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Host.Facade.Openidm;

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
        PreconditionRequiredException => CrestStatus.PreconditionRequired,
        ConfigurationException or PartlyDoneException => CrestStatus.InternalServerError,
        ConnectionBrokenException or ConnectionFailedException or ConnectorIOException or OperationTimeoutException or RetryableException => CrestStatus.ServiceUnavailable,
        InvalidCredentialException => CrestStatus.Unauthorized,
        UnknownUidException or UnsupportedOperationException => CrestStatus.NotFound,
        PermissionDeniedException => CrestStatus.Forbidden,
        InvalidAttributeValueException => CrestStatus.BadRequest,
        _ => throw new InvalidOperationException($"An exception of a kind that nobody words: {trouble.GetType().Name}."),
    };
}
