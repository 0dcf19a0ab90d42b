using System.Collections.Immutable;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.TestKit.Stores;

/// <summary>API keys in memory; passes the same suite as those on disk.</summary>
public sealed class MemoryApiKeys : IApiKeys
{
    private readonly Lock _gate = new();
    private readonly List<ApiKey> _all = [];

    /// <inheritdoc/>
    public ValueTask<bool> AddAsync(ApiKey key, DateTimeOffset now, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_all.Any(k => k.Id == key.Id)) throw new InvalidOperationException("A key is added once.");
            if (_all.Count(k => string.Equals(k.Name, key.Name, StringComparison.OrdinalIgnoreCase)
                && k.IsLive(now)) >= ApiKey.MostLivePerName) return ValueTask.FromResult(false);
            _all.Add(key);
            return ValueTask.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public ValueTask<ApiKey?> FindAsync(string id, CancellationToken cancellation)
    {
        lock (_gate) return ValueTask.FromResult(_all.Find(k => k.Id == id));
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<ApiKey>> AllAsync(CancellationToken cancellation)
    {
        lock (_gate) return ValueTask.FromResult<ImmutableArray<ApiKey>>([.. _all]);
    }

    /// <inheritdoc/>
    public ValueTask<ApiKey?> RevokeAsync(string id, DateTimeOffset at, string by, CancellationToken cancellation)
    {
        lock (_gate)
        {
            int index = _all.FindIndex(k => k.Id == id);
            if (index < 0) return ValueTask.FromResult<ApiKey?>(null);
            if (_all[index].RevokedAt is null) _all[index] = _all[index] with { RevokedAt = at, RevokedBy = by };
            return ValueTask.FromResult<ApiKey?>(_all[index]);
        }
    }
}
