using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Tests.Postgres;
using ProvisioningConnector.Stores.Tests.Sqlite;
using ProvisioningConnector.TestKit.Stores;

namespace ProvisioningConnector.Stores.Tests.Contract;

public sealed class SqliteVerifiedStatesTests : VerifiedStatesContract
{
    private readonly Scratch _scratch = new();
    private SqliteRunStore? _store;

    [TearDown]
    public async Task Remove()
    {
        if (_store is not null) await _store.DisposeAsync();
        _store = null;
        _scratch.Dispose();
    }

    protected override async Task<IVerifiedStates> MakeAsync()
    {
        _store = await SqliteRunStore.OpenAsync(_scratch.Fresh(), TimeProvider.System);
        return _store.VerifiedStates;
    }

    protected override async Task<IVerifiedStates> LaterAsync(IVerifiedStates states)
    {
        await _store!.DisposeAsync();
        _store = await SqliteRunStore.OpenAsync(_scratch.Path, TimeProvider.System);
        return _store.VerifiedStates;
    }
}

public sealed class PostgresVerifiedStatesTests : VerifiedStatesContract
{
    private PostgresScratch? _scratch;
    private PostgresRunStore? _store;

    [TearDown]
    public async Task Remove()
    {
        if (_store is not null) await _store.DisposeAsync();
        _store = null;
        _scratch?.Dispose();
    }

    protected override async Task<IVerifiedStates> MakeAsync() => (_store = await (_scratch = PostgresScratch.Make()).OpenAsync()).VerifiedStates;

    protected override async Task<IVerifiedStates> LaterAsync(IVerifiedStates states)
    {
        await _store!.DisposeAsync();
        return (_store = await _scratch!.OpenAsync()).VerifiedStates;
    }
}

public sealed class MemoryVerifiedStatesTests : VerifiedStatesContract
{
    protected override Task<IVerifiedStates> MakeAsync() => Task.FromResult<IVerifiedStates>(new MemoryVerifiedStates());

    protected override Task<IVerifiedStates> LaterAsync(IVerifiedStates states) => Task.FromResult(states);
}
