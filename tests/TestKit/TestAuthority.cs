using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Locking;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.TestKit;

/// <summary>The right to write, for tests of what lies behind the pipeline's safeguards.</summary>
public static class TestAuthority
{
    /// <summary>Of a run whose lock never ends.</summary>
    public static RunAuthority Create(string runId) => new(runId, new EndlessLock());

    /// <summary>Of a run that holds the tenant's lease.</summary>
    public static RunAuthority Create(string runId, TenantLease lease) => new(runId, lease);

    /// <summary>Of a run under a lock that the test decides about.</summary>
    public static RunAuthority Create(string runId, Action demand) => new(runId, new EndlessLock { OnDemand = demand });

    /// <summary>To write to one user, under a lock that the test decides about.</summary>
    public static WriteAuthority For(string uid, Action demand) => Create("r-test", demand).For(uid);

    /// <summary>To write to one user.</summary>
    public static WriteAuthority For(string uid) => Create("r-test").For(uid);

    /// <summary>Sends under a lock that never ends.</summary>
    public static ValueTask<WriteAnswer> SendAsync(this IMethodsWriter writer, string uid, Operation operation, CancellationToken cancellation) =>
        writer.SendAsync(For(uid), operation, cancellation);

    /// <summary>Sends under a lock that never ends.</summary>
    public static ValueTask<WriteAnswer> SendAsync(
        this ISecretWriter writer, string uid, Operation operation, SecretEnvelope envelope, CancellationToken cancellation) =>
        writer.SendAsync(For(uid), operation, envelope, cancellation);

    private sealed class EndlessLock : IWriteLock
    {
        public Action OnDemand { get; init; } = static () => { };

        public void Demand() => OnDemand();

        public ValueTask EnsureAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

        public void NoteDoubt(DateTimeOffset sentAt)
        {
        }
    }
}
