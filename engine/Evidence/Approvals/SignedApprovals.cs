using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Evidence.Approvals;

/// <summary>Approvals that persons signed with keys of their own.</summary>
/// <param name="Intact">Their signatures fit the keys of the configuration, and what was signed is this plan.</param>
/// <param name="Broken">Of all others, why they do not count.</param>
public sealed record SignedApprovals(ImmutableArray<Approval> Intact, ImmutableArray<Diagnostic> Broken)
{
    public static SignedApprovals None { get; } = new([], []);
}
