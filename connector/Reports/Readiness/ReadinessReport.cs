using System.Collections.Immutable;

namespace ProvisioningConnector.Reports.Readiness;

/// <summary>What all renderings are made of: tenants, and their people, streamed as often as needed.</summary>
/// <param name="Tenants">In the order in which they were read.</param>
/// <param name="KeepUntil">Until when files with people may be kept.</param>
/// <param name="People">The people of a tenant by its place.</param>
public sealed record ReadinessReport(
    ImmutableArray<TenantReadiness> Tenants, DateOnly KeepUntil, Func<int, CancellationToken, IAsyncEnumerable<PersonEntry>> People);
