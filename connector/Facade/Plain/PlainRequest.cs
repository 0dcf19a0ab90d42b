using System.Reflection;
using ProvisioningConnector.Facade.Plain.Bodies;

namespace ProvisioningConnector.Facade.Plain;

/// <summary>A request of the plain API, taken apart by the strict reading (<see cref="CallReading"/>) and not by ASP.NET Core's own, which drops what it
/// does not know.</summary>
/// <param name="Call">What every operation works with.</param>
/// <param name="Body">The body.</param>
internal sealed record PlainRequest<TBody>(PlainCall Call, TBody Body) : IBindableFromHttpContext<PlainRequest<TBody>>
    where TBody : IRequestBody<TBody>
{
    /// <exception cref="Http.FacadeRefusal">400, 404, 415.</exception>
    public static async ValueTask<PlainRequest<TBody>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        EndpointMetadataCollection endpoint = context.GetEndpoint()?.Metadata ?? EndpointMetadataCollection.Empty;
        PlainCall call = await endpoint.GetRequiredMetadata<CallReading>().ReadAsync(context, endpoint.GetRequiredMetadata<PlainOperation>());
        return new PlainRequest<TBody>(call, TBody.Read(call.Body));
    }
}
