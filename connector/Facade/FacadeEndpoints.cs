using ProvisioningConnector.Facade.OpenApi;
using ProvisioningConnector.Facade.Openidm;
using ProvisioningConnector.Facade.Plain.Operations;
using ProvisioningConnector.Facade.Recon;

namespace ProvisioningConnector.Facade;

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
