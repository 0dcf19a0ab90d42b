using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>The writer of a plan without operations: throws on any write.</summary>
internal sealed class NoWriter : IMethodsWriter
{
    public static NoWriter Instance { get; } = new();

    public ValueTask<WriteAnswer> SendAsync(WriteAuthority authority, Operation operation, CancellationToken cancellation) =>
        throw new InvalidOperationException("A plan without operations wrote something.");
}
