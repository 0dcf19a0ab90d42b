using System.Collections.Immutable;
using ProvisioningConnector.Engine.Evidence.Approvals;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>A plan that was saved for review, its seal verified.</summary>
public interface ISavedPlan
{
    /// <summary>In messages, such as the path of its file.</summary>
    string Name { get; }

    PlanHeader Head { get; }

    /// <summary>The verified seal.</summary>
    string Seal { get; }

    IAsyncEnumerable<PlannedUser> UsersAsync(CancellationToken cancellation);

    /// <summary>Approvals given with the plan itself; their seals are not checked.</summary>
    ImmutableArray<Approval> Approvals { get; }

    /// <summary>Approvals by signatures, which are checked.</summary>
    SignedApprovals SignedApprovals { get; }
}
