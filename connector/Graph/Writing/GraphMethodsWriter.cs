using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Connection;

namespace ProvisioningConnector.Graph.Writing;

/// <summary>
/// Writes authentication methods, one operation a request. A cancellation ends only the waiting before a request leaves:
/// <see cref="OperationCanceledException"/> means that nothing was applied; a request that left is waited for.
/// </summary>
public sealed class GraphMethodsWriter(GraphConnection connection, TimeProvider time) : IMethodsWriter
{
    private readonly WriteRequests _requests = new(connection.Sdk, connection.Addresses);

    /// <inheritdoc/>
    /// <exception cref="TenantException">The token is of another tenant.</exception>
    public ValueTask<WriteAnswer> SendAsync(WriteAuthority authority, Operation operation, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(authority);
        ArgumentNullException.ThrowIfNull(operation);
        return _requests.From(authority.Uid, operation) is { } call
            ? connection.Writes.SendAsync(authority, call, cancellation)
            : new(new WriteAnswer.Refused(time.GetUtcNow(), ServiceErrors.Later(Name(operation))));
    }

    private static string Name(Operation operation) => operation is Operation.RemoveMethod { Method.Kind: var kind }
        ? $"Removing a method of kind {kind}" : "What makes a password or a pass";
}
