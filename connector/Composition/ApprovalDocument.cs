using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Composition;

/// <summary>The document of an approval that was given, in the order in which it is written.</summary>
internal static class ApprovalDocument
{
    public static object From(Approval approval) => new
    {
        kind = "approval", formatVersion = "1.0", approvalId = approval.ApprovalId, planId = approval.PlanId, planSeal = approval.PlanSeal,
        approver = approval.Approver, at = approval.At, reason = approval.Reason, allowances = approval.Allowances, expiresAt = approval.ExpiresAt,
    };
}
