namespace ProvisioningConnector.Facade.Http;

/// <summary>Endpoints that belong together: a class whose constructor names what they work with. One lives as long as the service and serves all
/// requests.</summary>
internal interface IEndpoints
{
    /// <summary>Maps them. Every route demands a right, or says that it is for every caller.</summary>
    void Map(IEndpointRouteBuilder routes);
}
