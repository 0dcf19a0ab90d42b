using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;

namespace ProvisioningConnector.Composition;

/// <summary>What the pipeline refused, as the error that ends a command or a reconciliation.</summary>
internal static class Refusals
{
    /// <summary>Null for results that have a run or a plan to show.</summary>
    public static ProvisioningException? From(RunResult result) => result switch
    {
        RunResult.Blocked { Run: null } blocked => new ProvisioningException(
            blocked.Why[0].Code, string.Join(" ", blocked.Why.Select(static d => d.Message)), blocked.Advice, Kind(blocked.Cause)),
        RunResult.Busy busy => new ProvisioningException(busy.Advice.Length > 0 ? "tenantHeld" : "userBusy", busy.Message, busy.Advice, FailureKind.Busy),
        _ => null,
    };

    private static FailureKind Kind(BlockCause cause) => cause switch
    {
        BlockCause.NewStore or BlockCause.Evidence => FailureKind.Error,
        BlockCause.Quarantine => FailureKind.Quarantined,
        BlockCause.Guardrail or BlockCause.Protection or BlockCause.Approval or BlockCause.Rights => FailureKind.Blocked,
    };
}
