using ProvisioningConnector.Engine.Execution;

namespace ProvisioningConnector.Engine.Records;

/// <summary>Why an operation did not simply succeed.</summary>
/// <param name="Code">Stable: <see cref="ExecutionCodes"/> or the <c>PP…</c> code of the service's error.</param>
/// <param name="Message">What happened, why, and what to do next. No full phone number.</param>
/// <param name="Status">HTTP status where there was one.</param>
/// <param name="RequestId">The service's request id where there was one.</param>
public sealed record OperationError(string Code, string Message, int? Status = null, string? RequestId = null)
{
    /// <summary>Refused only because other methods are there; it would go once they are gone. Nothing that is kept.</summary>
    internal bool WaitsForOthers { get; init; }

    /// <summary>What was answered is not the service's own, so that <see cref="Status"/> says nothing of the user. Nothing that is kept.</summary>
    public bool IsUnreadable => OfAnother;

    internal bool OfAnother { get; init; }

    public static OperationError Of(ServiceError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new(error.Code, error.Advice.Length == 0 ? error.Message : $"{error.Message} {error.Advice}", error.Status, error.RequestId)
        {
            WaitsForOthers = error.Kind is ErrorKind.DefaultMethod or ErrorKind.AlternateMobileFirst,
            OfAnother = error.Kind == ErrorKind.UnreadableAnswer,
        };
    }
}
