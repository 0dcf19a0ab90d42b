using System.Collections.Immutable;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.TestKit.Stores;

/// <summary>Users to be tried again, in memory.</summary>
public sealed class MemoryRetries : IRetryMemory
{
    private readonly Dictionary<string, Dictionary<string, RetryEntry>> _tenants = new(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public ValueTask<ImmutableDictionary<string, RetryEntry>> FindAsync(string tenantId, ImmutableArray<string> uids, CancellationToken cancellation)
    {
        lock (_tenants)
        {
            Dictionary<string, RetryEntry> users = Users(tenantId);
            return ValueTask.FromResult(uids.Where(users.ContainsKey).ToImmutableDictionary(u => u, u => users[u], StringComparer.OrdinalIgnoreCase));
        }
    }

    /// <inheritdoc/>
    public ValueTask SaveAsync(string tenantId, ImmutableArray<RetryEntry> entries, CancellationToken cancellation)
    {
        lock (_tenants)
        {
            foreach (RetryEntry entry in entries) Users(tenantId)[entry.Uid] = entry;
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ForgetAsync(string tenantId, ImmutableArray<string> uids, CancellationToken cancellation)
    {
        lock (_tenants)
        {
            foreach (string uid in uids) Users(tenantId).Remove(uid);
        }

        return ValueTask.CompletedTask;
    }

    private Dictionary<string, RetryEntry> Users(string tenantId)
    {
        if (!_tenants.TryGetValue(tenantId, out Dictionary<string, RetryEntry>? users)) _tenants[tenantId] = users = new(StringComparer.OrdinalIgnoreCase);
        return users;
    }
}
