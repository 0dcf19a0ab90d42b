using System.Collections.Immutable;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.TestKit.Stores;

/// <summary>API keys in memory; passes the same suite as those on disk.</summary>
public sealed class MemoryApiKeys : IApiKeys
{
    private readonly Lock gate = new();
    private readonly List<ApiKey> all = [];

    /// <inheritdoc/>
    public ValueTask<bool> AddAsync(ApiKey key, DateTimeOffset now, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (all.Any(k => k.Id == key.Id)) throw new InvalidOperationException("A key is added once.");
            if (all.Count(k => string.Equals(k.Name, key.Name, StringComparison.OrdinalIgnoreCase) && k.IsLive(now)) >= ApiKey.MostLivePerName) return ValueTask.FromResult(false);
            all.Add(key);
            return ValueTask.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public ValueTask<ApiKey?> FindAsync(string id, CancellationToken cancellation)
    {
        lock (gate) return ValueTask.FromResult(all.Find(k => k.Id == id));
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<ApiKey>> AllAsync(CancellationToken cancellation)
    {
        lock (gate) return ValueTask.FromResult<ImmutableArray<ApiKey>>([.. all]);
    }

    /// <inheritdoc/>
    public ValueTask<ApiKey?> RevokeAsync(string id, DateTimeOffset at, string by, CancellationToken cancellation)
    {
        lock (gate)
        {
            int index = all.FindIndex(k => k.Id == id);
            if (index < 0) return ValueTask.FromResult<ApiKey?>(null);
            if (all[index].RevokedAt is null) all[index] = all[index] with { RevokedAt = at, RevokedBy = by };
            return ValueTask.FromResult<ApiKey?>(all[index]);
        }
    }
}
