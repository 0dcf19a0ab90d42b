using ProvisioningConnector.Engine.Execution;

namespace ProvisioningConnector.Engine.Records;

/// <summary>What is remembered of a user who did not end well.</summary>
/// <param name="Uid">Object id.</param>
/// <param name="Class">Kind of the last failure.</param>
/// <param name="Attempts">Runs in a row that tried and failed this way, from 1.</param>
/// <param name="FirstAt">When the first of them failed.</param>
/// <param name="LastAt">When the last of them failed.</param>
/// <param name="NextDue">When to try again; null: only when row or policy change.</param>
/// <param name="Code">Code of the last failure, for reports.</param>
public sealed record RetryEntry(
    string Uid, RetryClass Class, int Attempts, DateTimeOffset FirstAt, DateTimeOffset LastAt, DateTimeOffset? NextDue, string Code)
{
    /// <summary>Keyed digest of what the row wanted and of the policy and limits then; a change of it makes the user due at once.</summary>
    public string? Basis { get; init; }

    /// <summary>Whether a run may have left the user without the SMS sign-in that they had, so that the next one gives it back.</summary>
    public bool HadSmsSignIn { get; init; }

    /// <summary>Of a user who is owed SMS sign-in and did not fail otherwise: due at once.</summary>
    internal static RetryEntry Owed(string uid, DateTimeOffset now) => new(uid, RetryClass.Transient, 1, now, now, now, ExecutionCodes.SmsSignInLost)
    {
        HadSmsSignIn = true,
    };
}
