using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Composition.Runs;

/// <summary>Stands where nothing is to be written.</summary>
internal sealed class NoWriter : IMethodsWriter
{
    public static NoWriter Instance { get; } = new();

    public ValueTask<WriteAnswer> SendAsync(WriteAuthority authority, Operation operation, CancellationToken cancellation) =>
        throw new InvalidOperationException("A plan without operations wrote something.");
}
