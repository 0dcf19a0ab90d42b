using ProvisioningConnector.Host.Facade.Openidm;

namespace ProvisioningConnector.Host.Facade;

/// <summary>All endpoints of the facade.</summary>
internal static class FacadeEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        InfoEndpoints.Map(routes);
        SystemEndpoints.Map(routes);
        ProvisionerConfiguration.Map(routes);
    }
}
