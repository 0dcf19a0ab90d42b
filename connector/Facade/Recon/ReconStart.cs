using System.Collections.Immutable;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Gate;

namespace ProvisioningConnector.Facade.Recon;

/// <summary>A reconciliation that someone asks for.</summary>
/// <param name="Name">Name of the mapping.</param>
/// <param name="Mapping">Source and tenant, from the configuration.</param>
/// <param name="Analyze">Plan only.</param>
/// <param name="Keep">Whether the entries of an analysis can be looked at afterwards; those of runs always can.</param>
/// <param name="SourceIds">The rows; none: all.</param>
/// <param name="Caller">Who asks.</param>
/// <param name="TransactionId">How the request is found again.</param>
internal sealed record ReconStart(string Name, MappingSettings Mapping, bool Analyze, bool Keep,
    ImmutableArray<string> SourceIds, Caller Caller, string TransactionId)
{
    /// <summary>Who asks, for plan, run and chain of evidence.</summary>
    public string Actor => Caller.Actor;

    /// <summary>Whether the caller has the right in the tenant.</summary>
    public bool Can(Right right) => Caller.Can(Mapping.Tenant, right);

    /// <summary>What is allowed for once.</summary>
    public RequestAllowance Allowance { get; init; } = RequestAllowance.None;
}
