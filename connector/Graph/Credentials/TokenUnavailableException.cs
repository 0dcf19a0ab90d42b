using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Graph.Credentials;

/// <summary>No token could be had, so nothing was sent.</summary>
internal sealed class TokenUnavailableException(ServiceError error, Exception inner) : Exception(error.Message, inner)
{
    public ServiceError Error { get; } = error;
}
