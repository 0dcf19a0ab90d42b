using Microsoft.Graph.Models;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Graph.Sdk;

namespace ProvisioningConnector.Graph.Readiness;

/// <summary>The organisation of a tenant, in a list of one.</summary>
internal static class TenantList
{
    public static SdkList<Organization, TenantTraits> Traits { get; } = new(Organization.CreateFromDiscriminatorValue, static (organization, tenants) =>
    {
        tenants.Add(new TenantTraits(organization.TenantType));
        return true;
    });
}
