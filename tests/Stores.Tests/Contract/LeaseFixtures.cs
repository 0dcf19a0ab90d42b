using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Tests.Postgres;
using ProvisioningConnector.Stores.Tests.Sqlite;
using ProvisioningConnector.TestKit.Stores;

namespace ProvisioningConnector.Stores.Tests.Contract;

public sealed class SqliteLeaseTests : LeaseContract
{
    private readonly Scratch _scratch = new();
    private readonly List<SqliteRunStore> _open = [];

    [TearDown]
    public async Task Remove()
    {
        foreach (SqliteRunStore store in _open) await store.DisposeAsync();
        _open.Clear();
        _scratch.Dispose();
    }

    protected override async Task<(ITenantLease One, ITenantLease Two)> MakeAsync()
    {
        _open.Add(await SqliteRunStore.OpenAsync(_scratch.Path, TimeProvider.System));
        _open.Add(await SqliteRunStore.OpenAsync(_scratch.Path, TimeProvider.System));
        return (_open[^2].Leases, _open[^1].Leases);
    }
}

public sealed class PostgresLeaseTests : LeaseContract
{
    private readonly List<DatabaseRunStore> _open = [];
    private PostgresScratch _scratch = null!;

    [TearDown]
    public async Task Remove()
    {
        foreach (DatabaseRunStore store in _open) await store.DisposeAsync();
        _open.Clear();
        _scratch?.Dispose();
    }

    protected override async Task<(ITenantLease One, ITenantLease Two)> MakeAsync()
    {
        _scratch = PostgresScratch.Make();
        _open.Add(await _scratch.OpenAsync());
        _open.Add(await _scratch.OpenAsync());
        return (_open[0].Leases, _open[1].Leases);
    }
}

public sealed class MemoryLeaseTests : LeaseContract
{
    protected override Task<(ITenantLease One, ITenantLease Two)> MakeAsync()
    {
        MemoryLeases leases = new();
        return Task.FromResult<(ITenantLease, ITenantLease)>((leases, leases));
    }
}
