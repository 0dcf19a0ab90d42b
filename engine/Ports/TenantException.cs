using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Ports;

/// <summary>The tenant cannot be worked with at all: no token, no consent, no connection, the directory is not readable. It ends the run.</summary>
public sealed class TenantException : Exception
{
    public TenantException(ServiceError error)
        : base(error?.Message) => Error = error ?? throw new ArgumentNullException(nameof(error));

    public TenantException(ServiceError error, Exception inner)
        : base(error?.Message, inner) => Error = error ?? throw new ArgumentNullException(nameof(error));

    public ServiceError Error { get; }
}
