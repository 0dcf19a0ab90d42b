using System.Collections.Immutable;
using System.Diagnostics;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Facade.Http;

/// <summary>
/// What a change that is no success came to, as an answer: the one table from results to status, code, message and pause. Where the contracts of
/// the plain API and of OpenIDM differ, a row has both columns.
/// </summary>
/// <param name="Status">Status in the plain API.</param>
/// <param name="Code">Stable code in the plain API.</param>
/// <param name="Message">What happened and what to do.</param>
/// <param name="Crest">Status in OpenIDM; null: as ICF's exception has it, which knows more of it.</param>
internal sealed record ChangeReply(int Status, string Code, string Message, CrestStatus? Crest)
{
    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(5);

    // An operator has to act before a repeat can succeed.
    private static readonly TimeSpan AfterAnOperator = TimeSpan.FromMinutes(1);

    /// <summary>When to ask again; null: not said.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What was written down; null where nothing was tried.</summary>
    public ChangeRecord? Record { get; init; }

    /// <summary>What policies and protections hold, of a change that came to nothing but that.</summary>
    public ImmutableArray<HeldPart> Held { get; init; } = [];

    /// <summary>The limit over time in the way.</summary>
    public WindowRefusal? Limit { get; init; }

    /// <summary>What is impossible or not understood.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>Null for results that are a success, or a plan.</summary>
    public static ChangeReply? From(RunResult result) => result switch
    {
        RunResult.NothingToDo or RunResult.Planned or RunResult.Done => null,
        RunResult.PartlyDone { Record: var record } => Partly(record),
        RunResult.Unknown { Record: var record } => Unavailable("unknown",
            "A request was sent and its outcome is unknown. Send the request again: a repeat is safe.", SoonAgain) with
        { Record = record },
        RunResult.Cut { Record: var record } => Unavailable(FacadeRefusal.Stopping,
            "The service had to stop before all of this was done. "
            + "Send the request again: a repeat sends only what is left.", SoonAgain) with
        { Record = record },
        RunResult.Held { Plan.Plan.Held: var held } => Forbidden(held[0].Code, HttpWording.From(Describe(held), held[0].Code)) with { Held = held },
        RunResult.Blocked blocked => From(blocked),
        RunResult.OverLimit { Refusal: var limit } => Forbidden(limit.Budget.Measure.Guardrail(),
            HttpWording.From(limit.Message, limit.Budget.Measure.Guardrail())) with
        { Limit = limit },
        RunResult.ConditionFailed { Why: var why } => Unmet(why),
        RunResult.NotFound { Diagnostic: var none } => new(StatusCodes.Status404NotFound, none.Code, none.Message, CrestStatus.NotFound),
        RunResult.NotRead { Error: var error } => NotRead(error),
        RunResult.Invalid { Diagnostics: var wrong } => new(StatusCodes.Status422UnprocessableEntity, Errors(wrong).FirstOrDefault()?.Code ?? "invalid",
            string.Join(' ', Errors(wrong).Select(static d => d.Message)), null)
        { Diagnostics = wrong },
        RunResult.Busy busy => Unavailable("busy", busy.Message + " Nothing was written; repeat the request then.", busy.RetryAfter),
        _ => throw new UnreachableException(result.GetType().Name),
    };

    private static ChangeReply From(RunResult.Blocked blocked)
    {
        string code = blocked.Why[0].Code;
        string message = HttpWording.From($"{string.Join(' ', blocked.Why.Select(static d => d.Message))} {blocked.Advice}".TrimEnd(), code);
        return blocked.Cause switch
        {
            BlockCause.Guardrail or BlockCause.Protection or BlockCause.Approval or BlockCause.Rights => Forbidden(code, message),
            BlockCause.NewStore => new ChangeReply(StatusCodes.Status409Conflict, code, message, CrestStatus.Conflict),
            BlockCause.Quarantine or BlockCause.Evidence => Unavailable(code, message, AfterAnOperator),
        };
    }

    private static ChangeReply Unavailable(string code, string message, TimeSpan again) =>
        new(StatusCodes.Status503ServiceUnavailable, code, message, CrestStatus.ServiceUnavailable) { RetryAfter = again };

    private static ChangeReply Forbidden(string code, string message) => new(StatusCodes.Status403Forbidden, code, message, CrestStatus.Forbidden);

    private static ChangeReply Unmet(UnmetCondition why)
    {
        (string code, string message) = why switch
        {
            UnmetCondition.Moved => ("revisionMoved", "The user is not of the revision that If-Match asks for: it was changed in the meantime. "
                + "Nothing was written. Read it again and decide."),
            UnmetCondition.AlreadyThere => ("alreadyThere", "One exists already, and If-None-Match requires that none exists. Nothing was written."),
        };
        return new ChangeReply(StatusCodes.Status412PreconditionFailed, code, message, CrestStatus.PreconditionFailed);
    }

    /// <summary>Something was done: 500, so that it is not taken for a success. Nothing was: what the service said decides.</summary>
    private static ChangeReply Partly(ChangeRecord record)
    {
        ImmutableArray<OperationResult> operations = record.Result.Operations;
        OperationError? failed = operations.FirstOrDefault(static o => !o.CountsAsDone)?.Error;
        bool unreadable = failed is { IsUnreadable: true };
        string message = string.Join(' ', operations.Where(static o => !o.CountsAsDone)
            .Select(static o => $"{o.Operation.Action.Name()} {o.Operation.Part.Name()} is {o.Outcome.Name()}: {o.Error?.Message}")
            .Append(Describe(record.Plan.Plan.Held)).Where(static w => w.Length > 0));
        (int status, string code) = operations.Any(static o => o.CountsAsDone) || operations.All(static o => o.CountsAsDone)
            ? (StatusCodes.Status500InternalServerError, "partlyDone")
            : unreadable ? (StatusCodes.Status503ServiceUnavailable, failed?.Code ?? "failed")
            : failed?.Status is >= 400 and < 500 and not (StatusCodes.Status401Unauthorized or StatusCodes.Status429TooManyRequests)
                ? (StatusCodes.Status422UnprocessableEntity, failed.Code) : (StatusCodes.Status502BadGateway, failed?.Code ?? "failed");
        CrestStatus crest = operations.Any(static o => o.Outcome is OperationOutcome.Done or OperationOutcome.Unknown)
            ? CrestStatus.InternalServerError : unreadable ? CrestStatus.ServiceUnavailable : CrestOf(operations);
        bool passes = status == StatusCodes.Status503ServiceUnavailable || crest == CrestStatus.ServiceUnavailable;
        return new ChangeReply(status, code, message, crest) { Record = record, RetryAfter = passes ? SoonAgain : null };
    }

    /// <summary>OpenIDM: where nothing at all was done, the tenant's refusal of the first operation is the answer.</summary>
    private static CrestStatus CrestOf(ImmutableArray<OperationResult> operations) =>
        operations.FirstOrDefault(static o => o.Outcome == OperationOutcome.Failed)?.Error?.Status switch
        {
            400 or 405 or 406 or 409 => CrestStatus.BadRequest,
            401 or 402 or 403 => CrestStatus.Forbidden,
            429 or 503 or 504 => CrestStatus.ServiceUnavailable,
            _ => CrestStatus.InternalServerError,
        };

    private static ChangeReply NotRead(ServiceError error)
    {
        string message = error.Advice.Length == 0 ? error.Message : $"{error.Message} {error.Advice}";
        int status = error.Kind switch
        {
            ErrorKind.NotFound => StatusCodes.Status404NotFound,
            ErrorKind.Throttled or ErrorKind.ServiceFailure or ErrorKind.TimedOut or ErrorKind.ConnectionBroken or ErrorKind.NoConnection
                or ErrorKind.UnreadableAnswer or ErrorKind.ForeignLink => StatusCodes.Status503ServiceUnavailable,
            ErrorKind.Refused or ErrorKind.InvalidValue or ErrorKind.AlreadyExists or ErrorKind.NumberNotUnique or ErrorKind.DefaultMethod
                or ErrorKind.AlternateMobileFirst or ErrorKind.MobileFirst or ErrorKind.DisabledByPolicy or ErrorKind.Licence or ErrorKind.B2C
                or ErrorKind.Unauthenticated or ErrorKind.Forbidden or ErrorKind.Masked => StatusCodes.Status502BadGateway,
        };
        return new ChangeReply(status, error.Code, message, null) { RetryAfter = status == StatusCodes.Status503ServiceUnavailable ? SoonAgain : null };
    }

    private static IEnumerable<Diagnostic> Errors(ImmutableArray<Diagnostic> diagnostics) => diagnostics.Where(static d => d.Severity == Severity.Error);

    private static string Describe(ImmutableArray<HeldPart> held) =>
        string.Join(' ', held.Select(static h => $"{h.Part.Name()} is held ({h.Code}): {h.Message}"));
}
