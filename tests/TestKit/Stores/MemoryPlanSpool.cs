using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.TestKit.Stores;

/// <summary>A plan spool in memory, as plain as its contract reads; passes the same suite as the one on disk.</summary>
public sealed class MemoryPlanSpool : IPlanSpool
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, SourceRow> _rows = [];
    private readonly Dictionary<UserKey, HashSet<string>> _matches = [];
    private readonly Dictionary<string, DirectoryUser> _users = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedDictionary<long, PlannedUser> _plans = [];
    private readonly SortedDictionary<long, PlannedUser> _saved = [];
    private readonly HashSet<long> _equal = [];

    /// <summary>Every plan as it was saved last, equal ones too, in source order.</summary>
    public IReadOnlyCollection<PlannedUser> All => _saved.Values;

    /// <inheritdoc/>
    public long RowCount => _rows.Count;

    /// <inheritdoc/>
    public ValueTask AddRowAsync(SourceRow row, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(row);
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (!_rows.TryAdd(row.Ordinal, row)) throw new InvalidOperationException($"Row {row.Ordinal} was added twice.");
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask MatchAsync(ImmutableArray<DirectoryUser> users, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            HashSet<UserKey> wanted = [.. _rows.Values.Select(row => row.Key).OfType<UserKey>()];
            foreach (DirectoryUser user in users)
            {
                foreach (UserKey key in KeysOf(user).Where(wanted.Contains)) Match(key, user);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask MatchAsync(UserKey key, ImmutableArray<DirectoryUser> users, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            foreach (DirectoryUser user in users) Match(key, user);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<UserKey> KeysAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (UserKey key in Frozen(() => _rows.Values.Where(row => !_equal.Contains(row.Ordinal)).Select(row => row.Key).OfType<UserKey>().Distinct()))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return key;
        }

        await ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ResolvedRow> ResolvedAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        ImmutableArray<ResolvedRow> resolved;
        lock (_gate) resolved = new MemoryResolution(_rows.Values, _matches, _users).Rows();
        foreach (ResolvedRow row in resolved)
        {
            cancellation.ThrowIfCancellationRequested();
            bool gone;
            lock (_gate) gone = _equal.Contains(row.Row.Ordinal);
            if (!gone) yield return row;
        }

        await ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask SaveAsync(PlannedUser user, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(user);
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            long ordinal = user.Row.Ordinal;
            if (!_rows.ContainsKey(ordinal)) throw new InvalidOperationException($"Row {ordinal} was planned but never added.");
            _saved[ordinal] = user;
            if (user.Plan.Situation == Situation.Equal)
            {
                _equal.Add(ordinal);
                _plans.Remove(ordinal);
            }
            else
            {
                _plans[ordinal] = user;
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<PlannedUser> PlannedAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (PlannedUser user in Frozen(() => _plans.Values))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return user;
        }

        await ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static IEnumerable<UserKey> KeysOf(DirectoryUser user)
    {
        yield return new UserKey(UserKeyKind.Name, user.Uid);
        if (user.PrincipalName is { Length: > 0 } name) yield return new UserKey(UserKeyKind.Name, name);
        if (user.EmployeeId is { Length: > 0 } employee) yield return new UserKey(UserKeyKind.EmployeeId, employee);
        if (user.Mail is { Length: > 0 } mail) yield return new UserKey(UserKeyKind.Mail, mail);
    }

    private void Match(UserKey key, DirectoryUser user)
    {
        _users[user.Uid] = user;
        if (!_matches.TryGetValue(key, out HashSet<string>? uids)) _matches[key] = uids = new(StringComparer.OrdinalIgnoreCase);
        uids.Add(user.Uid);
    }

    private ImmutableArray<T> Frozen<T>(Func<IEnumerable<T>> read)
    {
        lock (_gate) return [.. read()];
    }
}
