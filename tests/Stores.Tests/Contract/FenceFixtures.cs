using ProvisioningConnector.Stores.Tests.Postgres;
using ProvisioningConnector.Stores.Tests.Sqlite;

namespace ProvisioningConnector.Stores.Tests.Contract;

public sealed class SqliteFenceTests : FenceContract
{
    private readonly Scratch _scratch = new();

    [TearDown]
    public async Task Remove()
    {
        await CloseAsync();
        _scratch.Dispose();
    }

    protected override async Task<(DatabaseRunStore One, DatabaseRunStore Two)> MakeAsync() => (
        await SqliteRunStore.OpenAsync(_scratch.Fresh(), TimeProvider.System), await SqliteRunStore.OpenAsync(_scratch.Path, TimeProvider.System));
}

public sealed class PostgresFenceTests : FenceContract
{
    private PostgresScratch? _scratch;

    [TearDown]
    public async Task Remove()
    {
        await CloseAsync();
        _scratch?.Dispose();
    }

    protected override async Task<(DatabaseRunStore One, DatabaseRunStore Two)> MakeAsync()
    {
        _scratch = PostgresScratch.Make();
        return (await _scratch.OpenAsync(), await _scratch.OpenAsync());
    }
}
