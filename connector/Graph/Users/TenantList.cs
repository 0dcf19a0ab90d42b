using Microsoft.Graph.Models;
using Microsoft.Kiota.Abstractions;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Http;
using ProvisioningConnector.Graph.Sdk;

namespace ProvisioningConnector.Graph.Users;

/// <summary>The organisation of a tenant, in a list of one.</summary>
internal static class TenantList
{
    private static readonly SdkList<Organization, TenantTraits> Traits = new(Organization.CreateFromDiscriminatorValue, static (organization, tenants) =>
    {
        tenants.Add(new TenantTraits(organization.TenantType));
        return true;
    });

    public static IAsyncEnumerable<PageAnswer<TenantTraits>> ReadAsync(GraphSdk sdk, CancellationToken cancellation)
    {
        RequestInformation info = sdk.Client.Organization.ToGetRequestInformation(static c => c.QueryParameters.Select = ["id", "tenantType"]);
        return sdk.ListAsync(info, Purpose.ReadOrganization, Traits, cancellation);
    }
}
