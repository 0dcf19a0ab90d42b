using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit.Stores;

namespace ProvisioningConnector.TestKit.Tenant;

/// <summary>A plan spool in memory that keeps every plan as it was saved last, equal ones too.</summary>
public sealed class ModelPlanSpool : IPlanSpool
{
    private readonly MemoryPlanSpool _inner = new();
    private readonly SortedDictionary<long, PlannedUser> _plans = [];

    public IReadOnlyCollection<PlannedUser> All => _plans.Values;

    public long RowCount => _inner.RowCount;

    public ValueTask SaveAsync(PlannedUser user, CancellationToken cancellation)
    {
        _plans[user.Row.Ordinal] = user;
        return _inner.SaveAsync(user, cancellation);
    }

    public ValueTask AddRowAsync(SourceRow row, CancellationToken cancellation) => _inner.AddRowAsync(row, cancellation);

    public ValueTask MatchAsync(ImmutableArray<DirectoryUser> users, CancellationToken cancellation) => _inner.MatchAsync(users, cancellation);

    public ValueTask MatchAsync(UserKey key, ImmutableArray<DirectoryUser> users, CancellationToken cancellation) =>
        _inner.MatchAsync(key, users, cancellation);

    public IAsyncEnumerable<UserKey> KeysAsync(CancellationToken cancellation) => _inner.KeysAsync(cancellation);

    public IAsyncEnumerable<ResolvedRow> ResolvedAsync(CancellationToken cancellation) => _inner.ResolvedAsync(cancellation);

    public IAsyncEnumerable<PlannedUser> PlannedAsync(CancellationToken cancellation) => _inner.PlannedAsync(cancellation);

    public ValueTask DisposeAsync() => _inner.DisposeAsync();
}
