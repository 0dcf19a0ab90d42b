using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Reconciliation;

namespace ProvisioningConnector.TestKit.Tenant;

/// <summary>A plan spool in memory, written for plainness.</summary>
public sealed class ModelPlanSpool : IPlanSpool
{
    private readonly List<SourceRow> _rows = [];
    private readonly Dictionary<long, Dictionary<string, DirectoryUser>> _matches = [];
    private readonly SortedDictionary<long, PlannedUser> _plans = [];

    public long RowCount => _rows.Count;

    /// <summary>Every plan that was saved, equal ones too.</summary>
    public IReadOnlyCollection<PlannedUser> All => _plans.Values;

    /// <summary>Whether a key names an account.</summary>
    public static bool Names(UserKey key, DirectoryUser account) => key.Kind switch
    {
        UserKeyKind.Name => Same(key.Value, account.Uid) || Same(key.Value, account.PrincipalName),
        UserKeyKind.EmployeeId => Same(key.Value, account.EmployeeId),
        UserKeyKind.Mail => Same(key.Value, account.Mail),
    };

    public ValueTask AddRowAsync(SourceRow row, CancellationToken cancellation)
    {
        _rows.Add(row);
        return ValueTask.CompletedTask;
    }

    public ValueTask MatchAsync(ImmutableArray<DirectoryUser> users, CancellationToken cancellation)
    {
        foreach (SourceRow row in _rows)
        {
            foreach (DirectoryUser user in users.Where(u => row.Key is { } key && Names(key, u))) Match(row, user);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask MatchAsync(UserKey key, ImmutableArray<DirectoryUser> users, CancellationToken cancellation)
    {
        foreach (SourceRow row in _rows.Where(r => r.Key == key))
        {
            foreach (DirectoryUser user in users) Match(row, user);
        }

        return ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<UserKey> KeysAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        foreach (UserKey key in _rows.Where(r => r.Key is not null).Select(r => r.Key!.Value).Distinct()) yield return key;
    }

    public async IAsyncEnumerable<ResolvedRow> ResolvedAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        foreach (SourceRow row in _rows.OrderBy(r => r.Ordinal))
        {
            ImmutableArray<DirectoryUser> found = Found(row);
            DirectoryUser? user = found.Length == 1 ? found[0] : null;
            ImmutableArray<SourceRow> same = user is null ? [row] : [.. _rows.Where(r => Found(r) is [var one] && Same(one.Uid, user.Uid))];
            yield return new ResolvedRow(row, user, found.Length, same.Length, same.FirstOrDefault(r => r.Ordinal != row.Ordinal)?.Place, SharedBy(row));
        }
    }

    public ValueTask SaveAsync(PlannedUser user, CancellationToken cancellation)
    {
        _plans[user.Row.Ordinal] = user;
        return ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<PlannedUser> PlannedAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        foreach (PlannedUser user in _plans.Values.Where(p => p.Plan.Situation != Situation.Equal).ToArray()) yield return user;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static bool Same(string left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<PhoneNumber> Numbers(SourceRow row)
    {
        if (row.Desired.Mobile.TryGet(out PhoneNumber mobile)) yield return mobile;
        if (row.Desired.AlternateMobile.TryGet(out PhoneNumber alternate)) yield return alternate;
    }

    private int SharedBy(SourceRow row) => Numbers(row)
        .Select(n => _rows.Where(r => Numbers(r).Contains(n)).Select(r => Found(r) is [var one] ? one.Uid : r.UserText).Distinct(StringComparer.OrdinalIgnoreCase).Count())
        .DefaultIfEmpty(0).Max();

    private ImmutableArray<DirectoryUser> Found(SourceRow row) => _matches.TryGetValue(row.Ordinal, out Dictionary<string, DirectoryUser>? found) ? [.. found.Values] : [];

    private void Match(SourceRow row, DirectoryUser user)
    {
        if (!_matches.TryGetValue(row.Ordinal, out Dictionary<string, DirectoryUser>? found)) _matches[row.Ordinal] = found = new(StringComparer.OrdinalIgnoreCase);
        found[user.Uid] = user;
    }
}
