using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Graph.Sdk;

/// <summary>A read through the SDK came to nothing. The SDK's methods can say so in no other way; <see cref="GraphSdk"/> turns it into a result.</summary>
internal sealed class ReadFailedException(ServiceError error) : Exception(error.Message)
{
    public ServiceError Error => error;
}
