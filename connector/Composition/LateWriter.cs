using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Composition;

/// <summary>Loads the credential that writes when the first write is to be sent: who only asks for a plan needs none.</summary>
/// <param name="open">Opens the way to write for a step of <c>migrate</c>; null: for other work.</param>
internal sealed class LateWriter(Func<string?, TenantWriter> open) : ITenantWriter
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LateWriter> _steps = new(StringComparer.Ordinal);
    private TenantWriter? _session;

    /// <summary>The way to write, opened now at the latest.</summary>
    public TenantWriter Writer
    {
        get
        {
            lock (_gate) return _session ??= open(null);
        }
    }

    /// <inheritdoc/>
    public ITenantWriter ForWork(PlanOrigin origin)
    {
        if (StepCredentials.StepOf(origin) is not { } step) return this;
        lock (_gate)
        {
            if (!_steps.TryGetValue(step, out LateWriter? writer)) _steps[step] = writer = new LateWriter(_ => open(step));
            return writer;
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
        lock (_gate)
        {
            _session?.Dispose();
            foreach (LateWriter step in _steps.Values) step.Dispose();
        }
    }
}
