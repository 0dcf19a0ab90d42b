using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Icf.Errors;

/// <summary>The one table from the engine's problems to ICF's exceptions (docs/openidm.md#icf-exceptions).</summary>
internal static class ErrorMapping
{
    public static ConnectorException Map(ServiceError error, Exception? inner = null)
    {
        string message = error.Advice.Length == 0 ? error.Message : $"{error.Message} {error.Advice}";
        return error.Kind switch
        {
            ErrorKind.Refused or ErrorKind.InvalidValue or ErrorKind.DefaultMethod or ErrorKind.AlternateMobileFirst or ErrorKind.MobileFirst
                or ErrorKind.NumberNotUnique => new InvalidAttributeValueException(message, inner) { Code = error.Code },
            ErrorKind.NotFound => new UnknownUidException(message) { Code = error.Code },
            ErrorKind.AlreadyExists => new AlreadyExistsException(message) { Code = error.Code },
            ErrorKind.DisabledByPolicy or ErrorKind.Forbidden or ErrorKind.Masked => new PermissionDeniedException(message, inner) { Code = error.Code },
            ErrorKind.Unauthenticated => new InvalidCredentialException(message, inner) { Code = error.Code },
            ErrorKind.Licence or ErrorKind.B2C => new ConfigurationException(message, inner) { Code = error.Code },
            ErrorKind.Throttled or ErrorKind.ServiceFailure => new RetryableException(message, inner) { Code = error.Code },
            ErrorKind.TimedOut => new OperationTimeoutException(message, inner) { Code = error.Code },
            ErrorKind.ConnectionBroken => new ConnectionBrokenException(message, inner) { Code = error.Code },
            ErrorKind.NoConnection => new ConnectionFailedException(message, inner) { Code = error.Code },
            ErrorKind.UnreadableAnswer or ErrorKind.ForeignLink => new ConnectorIOException(message, inner) { Code = error.Code },
        };
    }

    public static ConnectorException Map(StoreException problem) => new ConnectorIOException($"{problem.Message} {problem.Advice}", problem) { Code = "store" };

    /// <summary>Null for results that are a success.</summary>
    public static ConnectorException? Map(RunResult result, string uid) => result switch
    {
        RunResult.NothingToDo or RunResult.Planned or RunResult.Done => null,
        RunResult.PartlyDone partly => new PartlyDoneException(Words(partly.Record)) { Change = result, Code = "partlyDone" },
        RunResult.Unknown => new RetryableException("A request was sent and its outcome is unknown. Send the request again: a repeat is safe.")
        {
            Change = result,
            Code = "unknown"
        },
        RunResult.Cut =>
            new RetryableException("The service had to stop before all of this was done. Send the request again: a repeat sends only what "
                + "is left.")
            { Change = result, Code = "stopping" },
        RunResult.Held held => new PermissionDeniedException(Words(held.Plan.Plan.Held)) { Change = result, Code = held.Plan.Plan.Held[0].Code },
        RunResult.Blocked blocked => Map(blocked),
        RunResult.OverLimit over => new PermissionDeniedException(over.Refusal.Message) { Change = result, Code = over.Refusal.Budget.Measure.Guardrail() },
        RunResult.ConditionFailed =>
            new PreconditionFailedException($"The object {uid} is not of the revision that was asked for. Read it again.") { Change = result },
        RunResult.NotFound none => new UnknownUidException(none.Diagnostic.Message) { Change = result, Code = none.Diagnostic.Code },
        RunResult.NotRead notRead => Map(notRead.Error),
        RunResult.Invalid invalid =>
            new InvalidAttributeValueException(Words(invalid.Diagnostics)) { Change = result, Code = invalid.Diagnostics.FirstOrDefault()?.Code },
        RunResult.Busy busy =>
            new RetryableException(busy.Message + " Nothing was written; repeat the request then.")
            {
                Change = result,
                Code = "busy", RetryAfter = busy.RetryAfter
            },
        _ => throw new InvalidOperationException($"A result is of an unknown kind: {result.GetType().Name}."),
    };

    private static ConnectorException Map(RunResult.Blocked blocked)
    {
        string message = $"{Words(blocked.Why)} {blocked.Advice}".TrimEnd();
        string code = blocked.Why[0].Code;
        return blocked.Cause switch
        {
            BlockCause.Guardrail or BlockCause.Protection or BlockCause.Approval or BlockCause.Rights =>
                new PermissionDeniedException(message) { Change = blocked, Code = code },
            BlockCause.NewStore => new ConfigurationException(message) { Change = blocked, Code = code },
            BlockCause.Quarantine or BlockCause.Evidence => new RetryableException(message) { Change = blocked, Code = code },
        };
    }

    private static string Words(ImmutableArray<HeldPart> held) => string.Join(' ', held.Select(h => $"{h.Part.Name()} is held ({h.Code}): {h.Message}"));

    private static string Words(ImmutableArray<Diagnostic> diagnostics) =>
        string.Join(' ', diagnostics.Where(d => d.Severity == Severity.Error).Select(d => d.Message));

    private static string Words(ChangeRecord record)
    {
        IEnumerable<string> failed = record.Result.Operations.Where(o => !o.CountsAsDone)
            .Select(o => $"{o.Operation.Action.Name()} {o.Operation.Part.Name()} is {o.Outcome.Name()}: {o.Error?.Message}");
        return string.Join(' ', failed.Append(Words(record.Plan.Plan.Held)).Where(w => w.Length > 0));
    }
}
