using System.Collections.Immutable;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Reports.Tests.Samples;

/// <summary>A run with one user for every outcome.</summary>
internal static class Runs
{
    public static RunUser[] Users { get; } =
    [
        new(People.Adds, Result(People.Adds, [OperationOutcome.Done], verified: true) with { MethodsNow = 2 }),
        new(People.Updates, Result(People.Updates, [OperationOutcome.Failed, OperationOutcome.Skipped], errors:
            [new("PP403", "The account of the tool may not change this user. Give it the role.", 403, "req-1"),
                new(ExecutionCodes.EarlierFailed, "An earlier write of this user failed.")])),
        new(People.LosesAll, Result(People.LosesAll, [OperationOutcome.Done], verified: true) with { MethodsNow = 0 }),
        new(People.Moves, Result(People.Moves, [OperationOutcome.Done, OperationOutcome.Unknown],
            errors: [null, new(ExecutionCodes.NoTrustworthyAnswer, "No read was decisive.", null, "req-2")])),
        new(People.Removes, Result(People.Removes,
            [OperationOutcome.Skipped, OperationOutcome.Skipped, OperationOutcome.Skipped, OperationOutcome.Skipped, OperationOutcome.Skipped],
            errors: [.. Enumerable.Repeat<OperationError?>(new OperationError(ExecutionCodes.Stale, "The tenant moved."), 5)]) with { Stale = true }),
        new(People.Unreadable, Result(People.Unreadable,
            [OperationOutcome.Done]) with { Diagnostics = [Diagnostic.Warning("notVisible", "Not seen by any read yet.")] }),
        new(People.MailOnly, Result(People.MailOnly, [OperationOutcome.Skipped], verified: true,
            errors: [new(ExecutionCodes.AlreadySo, "It was gone already.")])),
        new(People.Held, null), new(People.Invalid, null), new(People.NotFound, null), new(People.NotRead, null),
    ];

    public static RunHeader Head(RunOutcome outcome = RunOutcome.Partial) => new()
    {
        RunId = "run-20260301-2231",
        Plan = Sample.Head(Sample.Count([.. Users.Select(u => u.Planned)])),
        StartedAt = Sample.At.AddMinutes(1),
        EndedAt = Sample.At.AddMinutes(2),
        Outcome = outcome,
        Outcomes = Users.Where(u => u.Result is not null).Aggregate(new OutcomeCounts(), (c, u) => c.Plus(u.Result!.Outcome)),
        Used = new(1010, 8, 2, 61.2, "the quota is 20 writes per second"),
    };

    public static Report Report(RunOutcome outcome = RunOutcome.Partial) =>
        ProvisioningConnector.Reports.Documents.Report.From(Head(outcome), _ => Users.ToAsyncEnumerable(), Sample.Digests) with { Context = Sample.Context };

    private static UserResult Result(PlannedUser user, ImmutableArray<OperationOutcome> outcomes,
        bool verified = false, ImmutableArray<OperationError?> errors = default) => new()
        {
            Operations =
        [
            .. user.Plan.Operations.Select((o, i) => new OperationResult(
                o, outcomes[i], outcomes[i] == OperationOutcome.Skipped ? null : Sample.At.AddSeconds(70 + i),
                outcomes[i] == OperationOutcome.Done && verified ? Sample.At.AddSeconds(80 + i) : null,
                !errors.IsDefault && i < errors.Length ? errors[i] : null)),
        ],
            Verified = verified,
        };
}
