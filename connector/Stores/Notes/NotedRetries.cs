using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Stores.Notes;

/// <summary>
/// Users who failed as notes of a run store, whichever it is: a few hundred users to a note, because those who fail are few. One run of a
/// tenant at a time writes.
/// </summary>
public sealed class NotedRetries(IRunStore store) : IRetryMemory
{
    private const uint Shards = 64;
    private readonly Dictionary<string, ImmutableDictionary<string, RetryEntry>> _known = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async ValueTask<ImmutableDictionary<string, RetryEntry>> FindAsync(string tenantId, ImmutableArray<string> uids, CancellationToken cancellation)
    {
        AtMost(uids.Length);
        ImmutableDictionary<string, RetryEntry>.Builder found = ImmutableDictionary.CreateBuilder<string, RetryEntry>(StringComparer.OrdinalIgnoreCase);
        foreach (string uid in uids)
        {
            if ((await ShardAsync(Name(tenantId, uid), cancellation)).TryGetValue(uid, out RetryEntry? entry)) found[uid] = entry;
        }

        return found.ToImmutable();
    }

    /// <inheritdoc/>
    public ValueTask SaveAsync(string tenantId, ImmutableArray<RetryEntry> entries, CancellationToken cancellation) => ChangeAsync(
        tenantId, entries.Length, entries.ToLookup(e => Name(tenantId, e.Uid), StringComparer.Ordinal),
        (shard, entry) => shard.SetItem(entry.Uid, entry), cancellation);

    /// <inheritdoc/>
    public ValueTask ForgetAsync(string tenantId, ImmutableArray<string> uids, CancellationToken cancellation) => ChangeAsync(
        tenantId, uids.Length, uids.ToLookup(u => Name(tenantId, u), StringComparer.Ordinal), (shard, uid) => shard.Remove(uid), cancellation);

    private async ValueTask ChangeAsync<T>(
        string tenantId, int count, ILookup<string, T> changes,
        Func<ImmutableDictionary<string, RetryEntry>, T, ImmutableDictionary<string, RetryEntry>> change, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(tenantId);
        AtMost(count);
        foreach (IGrouping<string, T> one in changes)
        {
            ImmutableDictionary<string, RetryEntry> shard = one.Aggregate(await ShardAsync(one.Key, cancellation), change);
            await KeyValueMemory.WriteAsync(store, one.Key, new Shard([.. shard.Values.OrderBy(e => e.Uid, StringComparer.Ordinal)]), cancellation);
            _known[one.Key] = shard;
        }
    }

    private async ValueTask<ImmutableDictionary<string, RetryEntry>> ShardAsync(string name, CancellationToken cancellation)
    {
        if (_known.TryGetValue(name, out ImmutableDictionary<string, RetryEntry>? known)) return known;
        Shard? read = await KeyValueMemory.ReadAsync<Shard>(store, name, cancellation);
        return _known[name] = (read?.Users ?? []).ToImmutableDictionary(e => e.Uid, StringComparer.OrdinalIgnoreCase);
    }

    private static void AtMost(int users) => ArgumentOutOfRangeException.ThrowIfGreaterThan(users, IRetryMemory.MaxUsers);

    /// <summary>FNV-1a over the lower-case object id: the same in every process.</summary>
    private static string Name(string tenantId, string uid)
    {
        uint hash = 2_166_136_261;
        foreach (char c in uid) hash = unchecked((hash ^ char.ToLowerInvariant(c)) * 16_777_619);
        return string.Create(CultureInfo.InvariantCulture, $"retry:{KeyValueMemory.Tenant(tenantId)}:{hash % Shards}");
    }

    private sealed record Shard(ImmutableArray<RetryEntry> Users);
}
