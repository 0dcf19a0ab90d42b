using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Tests.Postgres;
using ProvisioningConnector.Stores.Tests.Sqlite;
using ProvisioningConnector.TestKit.Stores;

namespace ProvisioningConnector.Stores.Tests.Contract;

public sealed class SqliteLeaseTests : LeaseContract
{
    private readonly Scratch scratch = new();
    private readonly List<SqliteRunStore> open = [];

    [TearDown]
    public async Task Remove()
    {
        foreach (SqliteRunStore store in open) await store.DisposeAsync();
        open.Clear();
        scratch.Dispose();
    }

    protected override async Task<(ITenantLease One, ITenantLease Two)> MakeAsync()
    {
        open.Add(await SqliteRunStore.OpenAsync(scratch.Path, TimeProvider.System));
        open.Add(await SqliteRunStore.OpenAsync(scratch.Path, TimeProvider.System));
        return (open[^2].Leases, open[^1].Leases);
    }
}

public sealed class PostgresLeaseTests : LeaseContract
{
    private readonly List<DatabaseRunStore> open = [];
    private PostgresScratch scratch = null!;

    [TearDown]
    public async Task Remove()
    {
        foreach (DatabaseRunStore store in open) await store.DisposeAsync();
        open.Clear();
        scratch?.Dispose();
    }

    protected override async Task<(ITenantLease One, ITenantLease Two)> MakeAsync()
    {
        scratch = PostgresScratch.Make();
        open.Add(await scratch.OpenAsync());
        open.Add(await scratch.OpenAsync());
        return (open[0].Leases, open[1].Leases);
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
