using System.Text.Json.Nodes;
using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Facade.Plain.Bodies;

namespace ProvisioningConnector.Facade.Plain.Operations;

/// <summary>What all operations that change a user share: a problem, the plan of a dry run, or the answer made of what is there afterwards.</summary>
internal static class Changed
{
    /// <param name="call">The call.</param>
    /// <param name="desired">What is wanted.</param>
    /// <param name="answer">The answer, from what was there before and what is there now.</param>
    /// <param name="cancellation">The caller goes away.</param>
    public static async Task<PlainAnswer> AnswerAsync(PlainCall call, ChangeDefinition desired, Func<CurrentMethods, CurrentMethods, PlainAnswer> answer,
        CancellationToken cancellation)
    {
        RunResult result = await call.ChangeAsync(desired, cancellation);
        if (ChangeProblems.From(call, result) is { } problem) return problem;
        switch (result)
        {
            case RunResult.Planned planned:
                return await PlanAnswers.OfAsync(call, planned, cancellation);
            case RunResult.NothingToDo nothing:
                return answer(nothing.Now, nothing.Now) with { Diagnostics = ChangeDiagnostics.From(result) };
            case RunResult.Done { Record: { Plan.Current: { } before } record }:
                if (record.Now is { } now) return answer(before, now) with { Diagnostics = ChangeDiagnostics.From(result) };
                // It is done, but the read after it failed: once more, and else the caller repeats, which changes nothing.
                RunResult read = await call.ReadAsync(desired.Also, desired.Default, CancellationToken.None);
                return read is RunResult.NothingToDo known
                    ? answer(before, known.Now) : ChangeProblems.From(call, read)
                    ?? throw new InvalidOperationException("A reading that is neither a state nor a problem.");
            default:
                throw new InvalidOperationException($"A result without an answer: {result.GetType().Name}.");
        }
    }

    /// <summary>Runs an action with one result: operations, diagnostics, and what was made, this once.</summary>
    public static async Task<PlainAnswer> ReportAsync(PlainCall call, ChangeDefinition desired, CancellationToken cancellation)
    {
        RunResult result = await call.ChangeAsync(desired, cancellation);
        if (result is RunResult.Planned planned) return await PlanAnswers.OfAsync(call, planned, cancellation);
        ChangeRecord? record = (result as RunResult.Changed)?.Record;
        PlainAnswer reported = ChangeProblems.From(call, result) ?? Answer(call, result, record);
        foreach (OperationResult operation in record?.Result.Operations ?? [])
        {
            if (desired.Envelope?.Take(operation.Operation) is { } secret) reported = With(reported,
                operation.Operation is Operation.IssuePass ? "temporaryAccessPass" : "password", secret);
        }

        return reported;
    }

    private static PlainAnswer Answer(PlainCall call, RunResult result, ChangeRecord? record)
    {
        UserPlan plan = record?.Plan.Plan ?? (result as RunResult.NothingToDo)?.Plan.Plan
            ?? throw new InvalidOperationException($"A result without an answer: {result.GetType().Name}.");
        CurrentMethods? now = record is null ? (result as RunResult.NothingToDo)?.Now : record.Now;
        ActionResultView body = new()
        {
            Outcome = record is null ? "nothingToDo" : "done", RunId = record?.Run.RunId, Verified = record?.Result.Verified,
            Operations = OperationViews.From(record?.Result.Operations ?? [], call),
            Diagnostics = OperationViews.Diagnostics([.. plan.Diagnostics, .. record?.Result.Diagnostics ?? []]),
        };
        return TypedAnswers.From(body, now is null ? null : call.Revision(now));
    }

    private static PlainAnswer With(PlainAnswer answer, string name, Secret secret)
    {
        JsonObject body = JsonNode.Parse(answer.Body ?? "{}") as JsonObject ?? throw new InvalidOperationException("An answer that is no object.");
        body[name] = secret.Reveal();
        return answer with { Body = PlainAnswer.Text(body), ReturnsSecret = true };
    }
}
