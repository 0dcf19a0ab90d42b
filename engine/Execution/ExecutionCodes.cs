namespace ProvisioningConnector.Engine.Execution;

/// <summary>Codes of the errors that the executor itself puts on operations; the service's errors have codes <c>PP…</c>.</summary>
public static class ExecutionCodes
{
    /// <summary>Skipped: there was nothing left to do. Counts as done.</summary>
    public const string AlreadySo = "alreadySo";

    /// <summary>Skipped: an operation of the same user that it depends on failed or is unknown.</summary>
    public const string EarlierFailed = "earlierFailed";

    /// <summary>Skipped: the tenant moved since the plan and what is to do now was not in the plan.</summary>
    public const string Stale = "stale";

    /// <summary>Skipped: the run was stopped before the operation was sent.</summary>
    public const string NotStarted = "notStarted";

    /// <summary>Skipped: someone else kept the user locked until the end of the run.</summary>
    public const string UserLocked = "userLocked";

    /// <summary>Skipped: the user who signs in with the number did not free it, and this one would lose SMS sign-in.</summary>
    public const string NumberNotFreed = "numberNotFreed";

    /// <summary>Skipped: what the plan rested on changed, so that a rule holds the operation now.</summary>
    public const string HeldNow = "heldNow";

    /// <summary>Of a user, not of an operation: the user had SMS sign-in and has it no more.</summary>
    public const string SmsSignInLost = "smsSignInLost";

    /// <summary>Failed: a slot that one read showed gone came back; something else masters it (docs/safety.md#verification).</summary>
    public const string MasteredOnPremises = "masteredOnPremises";

    /// <summary>Unknown: no read after the write could determine what happened.</summary>
    public const string NoTrustworthyAnswer = "noTrustworthyAnswer";
}
