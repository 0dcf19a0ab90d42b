using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Engine.Records;

/// <summary>A planned operation and what became of it.</summary>
/// <param name="Operation">As planned.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="SentAt">When the last request for it left; null when none did.</param>
/// <param name="VerifiedAt">When a read first showed its effect; null when none did.</param>
/// <param name="Error">Null for a plain success.</param>
public sealed record OperationResult(
    Operation Operation,
    OperationOutcome Outcome,
    DateTimeOffset? SentAt = null,
    DateTimeOffset? VerifiedAt = null,
    OperationError? Error = null)
{
    /// <summary>The service's id of the last request for it; null when none left, or the service gave none.</summary>
    public string? RequestId { get; init; }

    /// <summary>Whether it counts as done: done, or skipped because it was already so.</summary>
    public bool CountsAsDone => Outcome == OperationOutcome.Done
        || (Outcome == OperationOutcome.Skipped && Error?.Code == ExecutionCodes.AlreadySo);
}
