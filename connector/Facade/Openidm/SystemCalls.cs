using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Crest.Requests;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>Reads requests to system objects as the service is configured (<c>Facade:Strict</c>).</summary>
internal sealed class SystemCalls(FacadeSettings settings)
{
    private readonly PutReading _puts = settings.Strict ? PutReading.Strict : PutReading.Documented;

    /// <summary>A request to a collection.</summary>
    /// <param name="context">The request.</param>
    /// <param name="resource">The path without <c>/openidm/</c>, for messages.</param>
    /// <param name="actions">The resource's actions.</param>
    /// <exception cref="CallRefusal">It is not understood.</exception>
    public SystemCall OfCollection(HttpContext context, string resource, KnownActions actions) =>
        SystemCall.Read(context, resource, isCollection: true, actions, _puts).OrRefuse();

    /// <summary>A request to one object.</summary>
    /// <inheritdoc cref="OfCollection"/>
    public SystemCall OfInstance(HttpContext context, string resource) =>
        SystemCall.Read(context, resource, isCollection: false, KnownActions.None, _puts).OrRefuse();
}
