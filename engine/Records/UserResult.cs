using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Engine.Records;

/// <summary>What became of one user.</summary>
public sealed record UserResult
{
    /// <summary>One per planned operation, in the plan's order.</summary>
    public required ImmutableArray<OperationResult> Operations { get; init; }

    /// <summary>Whether everything is done and a read after the last write showed it. Never
    /// true of a user of whom anything failed, is unknown or was not sent.</summary>
    public bool Verified { get; init; }

    /// <summary>Warnings that came up on the way.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>Nothing was sent because the tenant moved since the plan.</summary>
    public bool Stale { get; init; }

    /// <summary>Usable methods after the last read; null when that read failed.</summary>
    public int? MethodsNow { get; init; }

    /// <summary>The user had SMS sign-in, was to keep it, and has it no more.</summary>
    public bool LostSmsSignIn { get; init; }

    /// <summary>The worst of the operations in the order unknown, failed, skipped, done; <c>alreadySo</c>
    /// counts as done; failed at least when SMS sign-in was lost; stale when nothing was sent because the tenant moved
    /// (docs/documents.md#outcome-of-a-user).</summary>
    public UserOutcome Outcome
    {
        get
        {
            if (Stale) return UserOutcome.Stale;
            UserOutcome worst = UserOutcome.Done;
            foreach (OperationResult result in Operations)
            {
                UserOutcome one = result.CountsAsDone ? UserOutcome.Done : result.Outcome switch
                {
                    OperationOutcome.Done => UserOutcome.Done,
                    OperationOutcome.Skipped => UserOutcome.Skipped,
                    OperationOutcome.Failed => UserOutcome.Failed,
                    OperationOutcome.Unknown => UserOutcome.Unknown,
                };
                if (one > worst) worst = one;
            }

            return LostSmsSignIn && worst < UserOutcome.Failed ? UserOutcome.Failed : worst;
        }
    }
}
