using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Tests.Postgres;
using ProvisioningConnector.Stores.Tests.Sqlite;
using ProvisioningConnector.TestKit.Stores;

namespace ProvisioningConnector.Stores.Tests.Contract;

public sealed class SqliteVerifiedStatesTests : VerifiedStatesContract
{
    private readonly Scratch scratch = new();
    private SqliteRunStore? store;

    [TearDown]
    public async Task Remove()
    {
        if (store is not null) await store.DisposeAsync();
        store = null;
        scratch.Dispose();
    }

    protected override async Task<IVerifiedStates> MakeAsync()
    {
        store = await SqliteRunStore.OpenAsync(scratch.Fresh(), TimeProvider.System);
        return store.VerifiedStates;
    }

    protected override async Task<IVerifiedStates> LaterAsync(IVerifiedStates states)
    {
        await store!.DisposeAsync();
        store = await SqliteRunStore.OpenAsync(scratch.Path, TimeProvider.System);
        return store.VerifiedStates;
    }
}

public sealed class PostgresVerifiedStatesTests : VerifiedStatesContract
{
    private PostgresScratch? scratch;
    private PostgresRunStore? store;

    [TearDown]
    public async Task Remove()
    {
        if (store is not null) await store.DisposeAsync();
        store = null;
        scratch?.Dispose();
    }

    protected override async Task<IVerifiedStates> MakeAsync() => (store = await (scratch = PostgresScratch.Make()).OpenAsync()).VerifiedStates;

    protected override async Task<IVerifiedStates> LaterAsync(IVerifiedStates states)
    {
        await store!.DisposeAsync();
        return (store = await scratch!.OpenAsync()).VerifiedStates;
    }
}

public sealed class MemoryVerifiedStatesTests : VerifiedStatesContract
{
    protected override Task<IVerifiedStates> MakeAsync() => Task.FromResult<IVerifiedStates>(new MemoryVerifiedStates());

    protected override Task<IVerifiedStates> LaterAsync(IVerifiedStates states) => Task.FromResult(states);
}
