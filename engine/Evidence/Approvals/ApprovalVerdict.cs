using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Evidence.Approvals;

/// <summary>Whether a plan may be applied as far as approvals go.</summary>
public abstract record ApprovalVerdict
{
    private ApprovalVerdict()
    {
    }

    /// <summary>No one has to approve it, and no guardrail blocks it.</summary>
    public sealed record NotNeeded : ApprovalVerdict;

    /// <summary>An approval lets it go.</summary>
    /// <param name="By">The approval.</param>
    /// <param name="Plan">The plan's head, the guardrails that the approval allows passed.</param>
    public sealed record Granted(Approval By, PlanHeader Plan) : ApprovalVerdict;

    /// <summary>It must not be applied.</summary>
    /// <param name="Why">What is missing, and for every approval there is why it does not do.</param>
    public sealed record Missing(ImmutableArray<Diagnostic> Why) : ApprovalVerdict;
}
