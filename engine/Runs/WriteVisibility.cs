using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs;

/// <summary>
/// Whether reads showed anything of what a run wrote. One user whose writes are not shown yet is a slow copy; a run of which no read shows any write
/// may have written nowhere: something before the tenant accepted the requests in its place.
/// </summary>
/// <param name="Awaited">Operations that the answer called done and that a read must show.</param>
/// <param name="Seen">Those that a read showed.</param>
internal sealed record WriteVisibility(long Awaited = 0, long Seen = 0)
{
    /// <summary>Code of the diagnostic of the run.</summary>
    public const string Code = "nothingVerified";

    public bool IsNothingSeen => Awaited > 0 && Seen == 0;

    public static Diagnostic NothingSeen { get; } = Diagnostic.Error(Code,
        "The service accepted every write of this run, but no read has confirmed any of them yet. "
        + "Either replication is very slow, or something in between (a proxy, a gateway) answered in its place. "
        + "Plan again in a few minutes: what it still lists was not written.");

    public WriteVisibility Plus(RunUser user)
    {
        if (user.Result is not { } result) return this;
        long awaited = result.Operations.Count(Awaits);
        return this with
        {
            Awaited = Awaited + awaited,
            Seen = Seen + (result.Verified ? awaited : result.Operations.Count(o => Awaits(o) && o.VerifiedAt is not null))
        };
    }

    /// <summary>Sent, done, and of a kind that a read can show.</summary>
    private static bool Awaits(OperationResult result) =>
        result is { Outcome: OperationOutcome.Done, SentAt: not null } && result.Operation is not (Operation.ResetPassword or Operation.DeactivateToken);
}
