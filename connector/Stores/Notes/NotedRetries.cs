using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Stores.Notes;

/// <summary>
/// Users who failed as notes of a run store, whichever it is: a few hundred users to a note, because those who fail are few. Runs and changes of
/// single users write to the same notes, also from several processes, so each note is read when it is needed and changed in one step.
/// </summary>
public sealed class NotedRetries(IRunStore store) : IRetryMemory
{
    private const uint Shards = 64;

    // Reading a note is cheap, parsing it is not; most stay as they are.
    private readonly ConcurrentDictionary<string, (string? Text, ImmutableDictionary<string, RetryEntry> Users)> _parsed = new(StringComparer.Ordinal);

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
        }
    }

    private async ValueTask<ImmutableDictionary<string, RetryEntry>> UsersAsync(string name, CancellationToken cancellation)
    {
        string? text = await store.ReadNoteAsync(name, cancellation);
        if (_parsed.TryGetValue(name, out (string? Text, ImmutableDictionary<string, RetryEntry> Users) parsed)
            && string.Equals(parsed.Text, text, StringComparison.Ordinal)) return parsed.Users;
        ImmutableDictionary<string, RetryEntry> users = Users(KeyValueMemory.Parse<Shard>(text, name));
        _parsed[name] = (text, users);
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
