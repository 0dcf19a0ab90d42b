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
    private readonly Lock gate = new();
    private readonly SortedDictionary<long, SourceRow> rows = [];
    private readonly Dictionary<UserKey, HashSet<string>> matches = [];
    private readonly Dictionary<string, DirectoryUser> users = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedDictionary<long, PlannedUser> plans = [];
    private readonly HashSet<long> equal = [];

    /// <inheritdoc/>
    public long RowCount => rows.Count;

    /// <inheritdoc/>
    public ValueTask AddRowAsync(SourceRow row, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(row);
        cancellation.ThrowIfCancellationRequested();
        lock (gate)
        {
            if (!rows.TryAdd(row.Ordinal, row)) throw new InvalidOperationException($"Row {row.Ordinal} was added twice.");
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask MatchAsync(ImmutableArray<DirectoryUser> users, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (gate)
        {
            HashSet<UserKey> wanted = [.. rows.Values.Select(row => row.Key).OfType<UserKey>()];
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
        lock (gate)
        {
            foreach (DirectoryUser user in users) Match(key, user);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<UserKey> KeysAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (UserKey key in Frozen(() => rows.Values.Where(row => !equal.Contains(row.Ordinal)).Select(row => row.Key).OfType<UserKey>().Distinct()))
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
        lock (gate) resolved = new MemoryResolution(rows.Values, matches, users).Rows();
        foreach (ResolvedRow row in resolved)
        {
            cancellation.ThrowIfCancellationRequested();
            bool gone;
            lock (gate) gone = equal.Contains(row.Row.Ordinal);
            if (!gone) yield return row;
        }

        await ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask SaveAsync(PlannedUser user, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(user);
        cancellation.ThrowIfCancellationRequested();
        lock (gate)
        {
            long ordinal = user.Row.Ordinal;
            if (!rows.ContainsKey(ordinal)) throw new InvalidOperationException($"Row {ordinal} was planned but never added.");
            if (user.Plan.Situation == Situation.Equal)
            {
                equal.Add(ordinal);
                plans.Remove(ordinal);
            }
            else
            {
                plans[ordinal] = user;
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<PlannedUser> PlannedAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (PlannedUser user in Frozen(() => plans.Values))
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
        users[user.Uid] = user;
        if (!matches.TryGetValue(key, out HashSet<string>? uids)) matches[key] = uids = new(StringComparer.OrdinalIgnoreCase);
        uids.Add(user.Uid);
    }

    private ImmutableArray<T> Frozen<T>(Func<IEnumerable<T>> read)
    {
        lock (gate) return [.. read()];
    }
}
