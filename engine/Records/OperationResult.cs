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

/// <summary>What became of an operation (docs/design.md#words).</summary>
public enum OperationOutcome : byte
{
    /// <summary>The tenant has it.</summary>
    Done,

    /// <summary>It was not sent, for the reason in the error's code; <c>alreadySo</c> means that there was nothing left to do.</summary>
    Skipped,

    /// <summary>The tenant refused it.</summary>
    Failed,

    /// <summary>The request left and no trustworthy answer arrived.</summary>
    Unknown,
}

/// <summary>Names of outcomes in documents.</summary>
public static class OperationOutcomes
{
    public static string Name(this OperationOutcome outcome) => outcome switch
    {
        OperationOutcome.Done => "done",
        OperationOutcome.Skipped => "skipped",
        OperationOutcome.Failed => "failed",
        OperationOutcome.Unknown => "unknown",
    };
}

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

    public static OperationError From(ServiceError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new(error.Code, error.Advice.Length == 0 ? error.Message : $"{error.Message} {error.Advice}", error.Status, error.RequestId)
        {
            WaitsForOthers = error.Kind is ErrorKind.DefaultMethod or ErrorKind.AlternateMobileFirst,
            OfAnother = error.Kind == ErrorKind.UnreadableAnswer,
        };
    }
}

/// <summary>What kind of failure a user's last run ended with, as far as trying again is concerned (docs/safety.md#retries-across-runs).</summary>
public enum RetryClass : byte
{
    /// <summary>It may be over in a while: no answer, throttling, a problem of the service, a state that moved.</summary>
    Transient,

    /// <summary>The tenant did not know the user, or not everywhere yet: new users replicate late.</summary>
    NotFound,

    /// <summary>It stays so until the row, the policy or a limit changes.</summary>
    Permanent,
}

/// <summary>Planned operations by outcome. In a run that has ended they add up to the
/// operations planned; in one that goes on to those that are settled.</summary>
public sealed record OperationOutcomeCounts(long Done = 0, long Failed = 0, long Unknown = 0, long Skipped = 0)
{
    public long Total => Done + Failed + Unknown + Skipped;

    public OperationOutcomeCounts Plus(OperationOutcome outcome, long count = 1) => outcome switch
    {
        OperationOutcome.Done => this with { Done = Done + count },
        OperationOutcome.Skipped => this with { Skipped = Skipped + count },
        OperationOutcome.Failed => this with { Failed = Failed + count },
        OperationOutcome.Unknown => this with { Unknown = Unknown + count },
    };
}
