using System.Collections.Immutable;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.TestKit.Stores;

/// <summary>Verified states in memory; passes the same suite as the ones on disk.</summary>
public sealed class MemoryVerifiedStates : IVerifiedStates
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Tenant, string Uid), VerifiedState> _known = [];
    private readonly Dictionary<(string Tenant, string Name), string> _holders = [];
    private readonly Dictionary<string, DateTimeOffset> _auditRead = new(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public ValueTask<bool> AnyAsync(string tenantId, CancellationToken cancellation) =>
        Do(() => _known.Any(s => s.Key.Tenant == Name(tenantId) && s.Value.IsSettled));

    /// <inheritdoc/>
    public ValueTask<ImmutableDictionary<string, VerifiedState>> FindAsync(string tenantId, ImmutableArray<string> uids, CancellationToken cancellation)
    {
        AtMost(uids.Length);
        return Do(() => uids.Distinct(StringComparer.OrdinalIgnoreCase).Where(u => _known.ContainsKey(Key(tenantId, u)))
            .ToImmutableDictionary(u => u, u => _known[Key(tenantId, u)] with { Uid = u }, StringComparer.OrdinalIgnoreCase));
    }

    /// <inheritdoc/>
    public ValueTask SaveAsync(string tenantId, ImmutableArray<VerifiedState> states, CancellationToken cancellation)
    {
        AtMost(states.Length);
        return Each(states, state =>
        {
            VerifiedState? before = _known.GetValueOrDefault(Key(tenantId, state.Uid));
            _known[Key(tenantId, state.Uid)] = state with { Signs = before?.Signs ?? default, Own = state.Own ?? before?.Own, Name = null, TakesName = false };
            if (state.Name is not { } name) return;
            if (state.TakesName) _holders[Key(tenantId, name)] = Name(state.Uid);
            else _holders.TryAdd(Key(tenantId, name), Name(state.Uid));
        });
    }

    /// <inheritdoc/>
    public ValueTask UnsettleAsync(string tenantId, ImmutableArray<string> uids, CancellationToken cancellation)
    {
        AtMost(uids.Length);
        return Each(uids, uid => Change(tenantId, uid, state => state with { IsSettled = false }));
    }

    /// <inheritdoc/>
    public ValueTask AttemptAsync(string tenantId, ImmutableArray<AttemptedUser> users, CancellationToken cancellation)
    {
        AtMost(users.Length);
        return Each(users, user => Change(tenantId, user.Uid, state => state with { IsSettled = false, Attempted = state.Attempted | user.Values }));
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableHashSet<string>> MovedNamesAsync(string tenantId, ImmutableArray<NamedUser> names, CancellationToken cancellation)
    {
        AtMost(names.Length);
        return Do(() => names.Where(n => _holders.TryGetValue(Key(tenantId, n.Name), out string? uid) && uid != Name(n.Uid))
            .Select(n => n.Name).ToImmutableHashSet(StringComparer.OrdinalIgnoreCase));
    }

    /// <inheritdoc/>
    public ValueTask NoteAsync(string tenantId, ImmutableArray<SignedUser> users, CancellationToken cancellation)
    {
        AtMost(users.Length);
        return Each(users, user => Change(tenantId, user.Uid, state => state with { Signs = user.Signs }));
    }

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> AuditReadAsync(string tenantId, CancellationToken cancellation) =>
        Do(() => _auditRead.TryGetValue(tenantId, out DateTimeOffset at) ? at : (DateTimeOffset?)null);

    /// <inheritdoc/>
    public ValueTask KeepAuditReadAsync(string tenantId, DateTimeOffset at, CancellationToken cancellation)
    {
        lock (_gate) _auditRead[tenantId] = at;
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ForgetAsync(string tenantId, CancellationToken cancellation)
    {
        lock (_gate)
        {
            foreach ((string Tenant, string Uid) key in _known.Keys.Where(k => k.Tenant == Name(tenantId)).ToArray()) _known.Remove(key);
            foreach ((string Tenant, string Name) key in _holders.Keys.Where(k => k.Tenant == Name(tenantId)).ToArray()) _holders.Remove(key);
            _auditRead.Remove(tenantId);
        }

        return ValueTask.CompletedTask;
    }

    private static void AtMost(int users) => ArgumentOutOfRangeException.ThrowIfGreaterThan(users, IVerifiedStates.MaxUsers);

    private static string Name(string id) => id.ToUpperInvariant();

    private static (string Tenant, string Uid) Key(string tenantId, string uid) => (Name(tenantId), Name(uid));

    private void Change(string tenantId, string uid, Func<VerifiedState, VerifiedState> change)
    {
        if (_known.TryGetValue(Key(tenantId, uid), out VerifiedState? state)) _known[Key(tenantId, uid)] = change(state);
    }

    private ValueTask<T> Do<T>(Func<T> work)
    {
        lock (_gate) return ValueTask.FromResult(work());
    }

    private ValueTask Each<T>(ImmutableArray<T> items, Action<T> work)
    {
        lock (_gate)
        {
            foreach (T item in items) work(item);
        }

        return ValueTask.CompletedTask;
    }
}
