using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Graph.Credentials;

/// <summary>Trouble on the way to the login, classified where it arose. It is a request exception because the libraries of the credentials know those.</summary>
internal sealed class LoginFaultException(ServiceError error, Exception? inner) : HttpRequestException(error.Message, inner)
{
    public ServiceError Error { get; } = error;
}
