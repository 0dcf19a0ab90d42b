using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Composition;

/// <summary>Loads the credential that writes when the first write is to be sent: who only asks for a plan needs none.</summary>
internal sealed class LateWriter(Func<TenantWriter> open) : ITenantWriter
{
    private readonly Lock _gate = new();
    private TenantWriter? _session;

    /// <summary>The way to write, opened now at the latest.</summary>
    public TenantWriter Writer
    {
        get
        {
            lock (_gate) return _session ??= open();
        }
    }

    /// <inheritdoc/>
    public async Task AuthenticateAsync(CancellationToken cancellation) => await Writer.AuthenticateAsync(cancellation);

    /// <inheritdoc/>
    public ValueTask<WriteAnswer> SendAsync(WriteAuthority authority, Operation operation, CancellationToken cancellation) =>
        Writer.Methods.SendAsync(authority, operation, cancellation);

    /// <inheritdoc/>
    public ValueTask<WriteAnswer> SendAsync(WriteAuthority authority, Operation operation, SecretEnvelope envelope, CancellationToken cancellation) =>
        Writer.Secrets.SendAsync(authority, operation, envelope, cancellation);

    public void Dispose()
    {
        lock (_gate) _session?.Dispose();
    }
}
