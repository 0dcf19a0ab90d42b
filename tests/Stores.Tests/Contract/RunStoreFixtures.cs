using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Tests.Postgres;
using ProvisioningConnector.Stores.Tests.Sqlite;
using ProvisioningConnector.TestKit.Stores;

namespace ProvisioningConnector.Stores.Tests.Contract;

public sealed class SqliteRunStoreTests : RunStoreContract
{
    private readonly Scratch _scratch = new();

    [TearDown]
    public void Remove() => _scratch.Dispose();

    protected override async Task<IRunStore> MakeAsync() => await SqliteRunStore.OpenAsync(_scratch.Fresh(), TimeProvider.System);

    protected override async Task<IRunStore> LaterAsync(IRunStore store) => await SqliteRunStore.OpenAsync(_scratch.Path, TimeProvider.System);
}

public sealed class PostgresRunStoreTests : RunStoreContract
{
    private PostgresScratch _scratch = null!;

    [TearDown]
    public void Remove() => _scratch?.Dispose();

    protected override async Task<IRunStore> MakeAsync()
    {
        _scratch = PostgresScratch.Make();
        return await _scratch.OpenAsync();
    }

    protected override async Task<IRunStore> LaterAsync(IRunStore store) => await _scratch.OpenAsync();
}

public sealed class MemoryRunStoreTests : RunStoreContract
{
    protected override Task<IRunStore> MakeAsync() => Task.FromResult<IRunStore>(new MemoryRunStore());

    protected override Task<IRunStore> LaterAsync(IRunStore store) => Task.FromResult<IRunStore>(((MemoryRunStore)store).Reopen());
}
