using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Stores.Notes;

/// <summary>
/// Users who failed as notes of a run store, whichever it is: a few hundred users to a note, because those who fail are few. Runs and changes of
/// single users write to the same notes, also from several processes, so each note is read again after a second and changed in one step.
/// </summary>
public sealed class NotedRetries(IRunStore store, TimeProvider time) : IRetryMemory
{
    private const uint Shards = 64;

    // A plan asks for all notes with each batch of users: what another process wrote is seen a second later.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long At, ImmutableDictionary<string, RetryEntry> Users)> _read = new(StringComparer.Ordinal);
    private long _changes;

    /// <inheritdoc/>
    public async ValueTask<ImmutableDictionary<string, RetryEntry>> FindAsync(string tenantId, ImmutableArray<string> uids, CancellationToken cancellation)
    {
        AtMost(uids.Length);
        ImmutableDictionary<string, RetryEntry>.Builder found = ImmutableDictionary.CreateBuilder<string, RetryEntry>(StringComparer.OrdinalIgnoreCase);
        foreach (IGrouping<string, string> one in uids.GroupBy(uid => Name(tenantId, uid), StringComparer.Ordinal))
        {
            ImmutableDictionary<string, RetryEntry> users = await UsersAsync(one.Key, cancellation);
            if (users.IsEmpty) continue;
            foreach (string uid in one)
            {
                if (users.TryGetValue(uid, out RetryEntry? entry)) found[uid] = entry;
            }
        }

        return found.ToImmutable();
    }

    /// <inheritdoc/>
    public ValueTask SaveAsync(string tenantId, ImmutableArray<RetryEntry> entries, CancellationToken cancellation) => ChangeAsync(
        tenantId, entries.Length, entries.GroupBy(e => Name(tenantId, e.Uid), StringComparer.Ordinal),
        static (users, entry) => users.SetItem(entry.Uid, entry), cancellation);

    /// <inheritdoc/>
    public ValueTask ForgetAsync(string tenantId, ImmutableArray<string> uids, CancellationToken cancellation) => ChangeAsync(
        tenantId, uids.Length, uids.GroupBy(u => Name(tenantId, u), StringComparer.Ordinal), static (users, uid) => users.Remove(uid), cancellation);

    private async ValueTask ChangeAsync<T>(
        string tenantId, int count, IEnumerable<IGrouping<string, T>> changes,
        Func<ImmutableDictionary<string, RetryEntry>, T, ImmutableDictionary<string, RetryEntry>> change, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(tenantId);
        AtMost(count);
        foreach (IGrouping<string, T> one in changes)
        {
            await KeyValueMemory.ChangeAsync<Shard>(store, one.Key,
                before => new Shard([.. one.Aggregate(Users(before), change).Values.OrderBy(e => e.Uid, StringComparer.Ordinal)]), cancellation);
            lock (_lock)
            {
                _changes++;
                _read.Remove(one.Key);
            }
        }
    }

    private async ValueTask<ImmutableDictionary<string, RetryEntry>> UsersAsync(string name, CancellationToken cancellation)
    {
        long now = time.GetTimestamp();
        long changes;
        lock (_lock)
        {
            if (_read.TryGetValue(name, out (long At, ImmutableDictionary<string, RetryEntry> Users) known)
                && time.GetElapsedTime(known.At, now) < Fresh) return known.Users;
            changes = _changes;
        }

        ImmutableDictionary<string, RetryEntry> users = Users(await KeyValueMemory.ReadAsync<Shard>(store, name, cancellation));
        lock (_lock)
        {
            // What was read while something was written here may be from before it.
            if (changes == _changes) _read[name] = (now, users);
        }

        return users;
    }

    private static ImmutableDictionary<string, RetryEntry> Users(Shard? shard) =>
        (shard?.Users ?? []).ToImmutableDictionary(e => e.Uid, StringComparer.OrdinalIgnoreCase);

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
