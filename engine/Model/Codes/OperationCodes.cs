using System.Collections.Immutable;
using static ProvisioningConnector.Engine.Model.Codes.CodePlaces;

namespace ProvisioningConnector.Engine.Model.Codes;

/// <summary>What the executor puts on operations itself (docs/safety.md#codes-of-the-executor).</summary>
public static class OperationCodes
{
    public static ImmutableArray<KnownCode> All { get; } =
    [
        new("alreadySo", Operation, "Skipped: there was nothing left to do."),
        new("earlierFailed", Operation | Held, "Skipped: an operation on which it depends failed or is unknown."),
        new("stale", Operation | Error, "Skipped: the tenant changed since the plan. As an error: nothing was written for that reason."),
        new("notStarted", Operation, "Skipped: the run was stopped before the operation was sent."),
        new("heldNow", Operation, "Skipped: what the plan rested on changed, so that a rule holds the operation now."),
        new("numberNotFreed", Operation, "Skipped: another user did not free the number, and SMS sign-in would have been lost."),
        new("userLocked", Operation, "Skipped: another process kept the user locked to the end of the run."),
        new("blocked", Operation | Run | Error, "Not sent: a guardrail, policy or protection forbids it."),
        new("masteredOnPremises", Operation, "Failed: a deleted phone came back, because another system owns it."),
        new("noTrustworthyAnswer", Operation, "Unknown: no read after the write could show what happened."),
    ];
}
