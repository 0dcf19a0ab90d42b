using ProvisioningConnector.Host.Facade.OpenApi;
using ProvisioningConnector.Host.Facade.Openidm;
using ProvisioningConnector.Host.Facade.Plain.Operations;
using ProvisioningConnector.Host.Facade.Recon;

namespace ProvisioningConnector.Host.Facade;

/// <summary>All endpoints of the facade.</summary>
internal static class FacadeEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        InfoEndpoints.Map(routes);
        ReconEndpoints.Map(routes);
        SystemEndpoints.Map(routes);
        ProvisionerConfiguration.Map(routes);
        PlainEndpoints.Map(routes);
        OpenApiEndpoints.Map(routes);
    }
}
