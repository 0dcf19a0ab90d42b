using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Plain;

/// <summary>The one table from what a change came to to problem details.</summary>
internal static class ChangeProblems
{
    /// <summary><c>If-Match</c> does not hold.</summary>
    public const string Moved = "revisionMoved";

    /// <summary><c>If-None-Match: *</c> does not hold.</summary>
    public const string IsThere = "alreadyThere";

    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(5);

    /// <summary>Null for results that are no problem.</summary>
    public static PlainAnswer? Of(PlainCall call, ChangeResult result) => result switch
    {
        ChangeResult.NothingToDo or ChangeResult.Planned or ChangeResult.Done => null,
        ChangeResult.PartlyDone partly => Partly(call, partly.Record),
        ChangeResult.Unknown unknown =>
            Problem.Of(StatusCodes.Status503ServiceUnavailable, "unknown", "A request left and nobody knows what became of it. Ask again: a repeat is safe.",
                SoonAgain, Outcomes(call, unknown.Record)),
        ChangeResult.Cut cut => Problem.Of(StatusCodes.Status503ServiceUnavailable, "stopping",
            "The service had to stop before all of this was done. Send the request again: a repeat sends only what is left.",
            SoonAgain, Outcomes(call, cut.Record)),
        ChangeResult.Held held =>
            Problem.Of(StatusCodes.Status403Forbidden, held.Plan.Plan.Held[0].Code, Words(held.Plan.Plan.Held),
                more: new JsonObject { ["held"] = OperationViews.Held(held.Plan.Plan.Held) }),
        ChangeResult.ApprovalMissing missing => Problem.Of(StatusCodes.Status403Forbidden, missing.Diagnostic.Code, missing.Diagnostic.Message),
        ChangeResult.OverLimit over =>
            Problem.Of(StatusCodes.Status403Forbidden, over.Refusal.Budget.Measure.Guardrail(), over.Refusal.Message, more: new JsonObject
        {
            ["guardrail"] = new JsonObject { ["name"] = over.Refusal.Budget.Measure.Guardrail(),
                ["limit"] = over.Refusal.Budget.Most, ["used"] = over.Refusal.Used, ["asked"] = over.Refusal.Asked },
        }),
        ChangeResult.ConditionFailed => Problem.Of(StatusCodes.Status412PreconditionFailed, Moved, "The user was changed meanwhile. Nothing was written."),
        ChangeResult.NotFound none => Problem.Of(StatusCodes.Status404NotFound, none.Diagnostic.Code, none.Diagnostic.Message),
        ChangeResult.NotRead notRead => Of(notRead.Error),
        ChangeResult.Invalid { Diagnostics: [{ Code: Moved or IsThere } only] } => Problem.Of(StatusCodes.Status412PreconditionFailed, only.Code, only.Message),
        ChangeResult.Invalid invalid =>
            Problem.Of(StatusCodes.Status422UnprocessableEntity, invalid.Diagnostics.FirstOrDefault(d => d.Severity == Severity.Error)?.Code ?? "invalid",
            string.Join(' ', invalid.Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => d.Message)),
            more: new JsonObject { ["diagnostics"] = OperationViews.Diagnostics(invalid.Diagnostics) }),
        ChangeResult.Busy busy =>
            Problem.Of(StatusCodes.Status503ServiceUnavailable, "busy", $"Somebody else works on this user ({busy.Holder}). Nothing was written; ask again.",
                busy.RetryAfter),
        // ChangeResult is closed in fact, but the compiler cannot see it.
        _ => throw new InvalidOperationException($"A result of a kind that nobody tells: {result.GetType().Name}."),
    };

    /// <summary>Something was done: 500, as nobody may take it for a success. Nothing was: what the service said decides.</summary>
    private static PlainAnswer Partly(PlainCall call, ChangeRecord record)
    {
        OperationResult? failed = record.Result.Operations.FirstOrDefault(o => !o.CountsAsDone);
        string words = string.Join(' ', record.Result.Operations.Where(o => !o.CountsAsDone)
            .Select(o => $"{o.Operation.Action.Name()} {o.Operation.Part.Name()} is {o.Outcome.Name()}: {o.Error?.Message}")
            .Append(Words(record.Plan.Plan.Held)).Where(w => w.Length > 0));
        if (record.Result.Operations.Any(o => o.CountsAsDone)
            || failed is null) return Problem.Of(StatusCodes.Status500InternalServerError, "partlyDone", words, more: Outcomes(call, record));
        if (failed.Error is { IsUnreadable: true } unreadable) return Problem.Of(StatusCodes.Status503ServiceUnavailable,
            unreadable.Code, words, SoonAgain, Outcomes(call, record));
        int status = failed.Error?.Status is >= 400 and < 500 and not (StatusCodes.Status401Unauthorized or StatusCodes.Status429TooManyRequests)
            ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status502BadGateway;
        return Problem.Of(status, failed.Error?.Code ?? "failed", words, more: Outcomes(call, record));
    }

    private static PlainAnswer Of(ServiceError error)
    {
        string words = error.Advice.Length == 0 ? error.Message : $"{error.Message} {error.Advice}";
        return error.Kind switch
        {
            ErrorKind.NotFound => Problem.Of(StatusCodes.Status404NotFound, error.Code, words),
            ErrorKind.Throttled or ErrorKind.ServiceTrouble or ErrorKind.TimedOut or ErrorKind.ConnectionBroken or ErrorKind.NoConnection
                or ErrorKind.UnreadableAnswer or ErrorKind.ForeignLink =>
                Problem.Of(StatusCodes.Status503ServiceUnavailable, error.Code, words, SoonAgain),
            ErrorKind.Refused or ErrorKind.InvalidValue or ErrorKind.AlreadyExists or ErrorKind.NumberNotUnique
                or ErrorKind.DefaultMethod or ErrorKind.AlternateMobileFirst
                or ErrorKind.MobileFirst or ErrorKind.DisabledByPolicy or ErrorKind.Licence or ErrorKind.B2C or ErrorKind.Unauthenticated or ErrorKind.Forbidden
                or ErrorKind.Masked => Problem.Of(StatusCodes.Status502BadGateway, error.Code, words),
        };
    }

    private static JsonObject Outcomes(PlainCall call, ChangeRecord record) => new()
    {
        ["runId"] = record.Run.RunId,
        ["outcomes"] = OperationViews.Of(record.Result.Operations, call),
        ["held"] = OperationViews.Held(record.Plan.Plan.Held),
    };

    private static string Words(ImmutableArray<HeldPart> held) => string.Join(' ', held.Select(h => $"{h.Part.Name()} is held ({h.Code}): {h.Message}"));
}
