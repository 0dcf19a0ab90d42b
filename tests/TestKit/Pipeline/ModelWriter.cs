using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.TestKit.Pipeline;

/// <summary>The way to write to a model tenant.</summary>
public sealed class ModelWriter(IMethodsWriter tenant) : ITenantWriter
{
    /// <summary>What fetching the token comes to.</summary>
    public Func<Task> Authenticate { get; set; } = static () => Task.CompletedTask;

    public ITenantWriter ForWork(PlanOrigin origin) => this;

    public Task AuthenticateAsync(CancellationToken cancellation) => Authenticate();

    public ValueTask<WriteAnswer> SendAsync(WriteAuthority authority, Operation operation, CancellationToken cancellation) =>
        tenant.SendAsync(authority, operation, cancellation);

    /// <summary>What an operation makes; null: nothing.</summary>
    public Func<Operation, Secret?> Make { get; set; } = static _ => null;

    public async ValueTask<WriteAnswer> SendAsync(
        WriteAuthority authority, Operation operation, SecretEnvelope envelope, CancellationToken cancellation)
    {
        WriteAnswer answer = await tenant.SendAsync(authority, operation, cancellation);
        if (Make(operation) is { } secret) envelope.Put(operation, secret);
        return answer;
    }

    public void Dispose()
    {
    }
}
