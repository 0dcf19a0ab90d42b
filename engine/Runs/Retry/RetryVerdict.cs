using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs.Retry;

/// <summary>Whether and how a user of a run failed.</summary>
/// <param name="Class">Kind of failure.</param>
/// <param name="Code">Its code.</param>
public readonly record struct RetryVerdict(RetryClass Class, string Code)
{
    /// <summary>Null when the user ended well, is held, or was not tried.</summary>
    public static RetryVerdict? From(RunUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        UserPlan plan = user.Planned.Plan;
        string code = plan.Diagnostics.FirstOrDefault(d => d.Severity == Model.Severity.Error)?.Code ?? plan.Situation.Name();
        return plan.Situation switch
        {
            Situation.Equal or Situation.Held => null,
            Situation.Invalid => new RetryVerdict(RetryClass.Permanent, code),
            Situation.NotFound => new RetryVerdict(RetryClass.NotFound, code),
            Situation.NotRead => new RetryVerdict(RetryClass.Transient, code),
            Situation.Changed => user.Result is { } result ? From(result) : null,
        };
    }

    /// <summary>The failure that is soonest over speaks for the user: to try again costs little, and does only what is left.</summary>
    private static RetryVerdict? From(UserResult result)
    {
        RetryVerdict? found = null;
        foreach (OperationResult operation in result.Operations)
        {
            if (operation.CountsAsDone || operation.Error is not { } error || error.Code is ExecutionCodes.EarlierFailed or ExecutionCodes.NotStarted) continue;
            RetryVerdict one = new(ClassOf(operation.Outcome, error), error.Code);
            if (found is null || one.Class < found.Value.Class) found = one;
        }

        return found ?? (result.LostSmsSignIn ? new RetryVerdict(RetryClass.Transient, ExecutionCodes.SmsSignInLost) : null);
    }

    private static RetryClass ClassOf(OperationOutcome outcome, OperationError error) => (outcome, error) switch
    {
        (OperationOutcome.Unknown, _) or (_, { Code: ExecutionCodes.Stale }) => RetryClass.Transient,
        (_, { Code: ExecutionCodes.MasteredOnPremises }) => RetryClass.Permanent,
        (_, { Status: 404 }) => RetryClass.NotFound,
        (_, { Status: null or 401 or 408 or 429 or >= 500 }) => RetryClass.Transient,
        _ => RetryClass.Permanent,
    };
}
