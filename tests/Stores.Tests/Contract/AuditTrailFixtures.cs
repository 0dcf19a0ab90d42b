using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using ProvisioningConnector.Engine.Evidence.Audit;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Tests.Postgres;
using ProvisioningConnector.Stores.Tests.Samples;
using ProvisioningConnector.Stores.Tests.Sqlite;
using ProvisioningConnector.TestKit.Stores;

namespace ProvisioningConnector.Stores.Tests.Contract;

public sealed class SqliteAuditTrailTests : AuditTrailContract
{
    private readonly Scratch _scratch = new();
    private readonly List<SqliteRunStore> _stores = [];

    [TearDown]
    public async Task Remove()
    {
        foreach (SqliteRunStore store in _stores) await store.DisposeAsync();
        _stores.Clear();
        _scratch.Dispose();
    }

    protected override async Task<IAuditTrail> MakeAsync()
    {
        _scratch.Fresh();
        SqliteRunStore store = await OpenAsync();
        Key = await store.KeyAsync(AuditChain.KeyName, default);
        return await store.AuditAsync(default);
    }

    protected override async Task<IAuditTrail> LaterAsync(IAuditTrail trail) => await (await OpenAsync()).AuditAsync(default);

    [Test]
    public async Task Two_records_per_operation_cost_no_flush_of_their_own()
    {
        SqliteRunStore store = _stores[0];
        IAuditTrail trail = await store.AuditAsync(default);
        await store.BeginAsync(Sample.Run("r1"), Sample.Stream(Sample.Planned(0, "a")), default);
        int before = store.Commits;
        await trail.NoteAsync(Entry("requested"), default);
        await store.IntentAsync("r1", "a", 0, Sample.Add(), Sample.Noon, default);
        await trail.NoteAsync(Entry("executed"), default);
        await store.OutcomeAsync("r1", "a", 0, Sample.Result(), default);
        await store.UserAsync("r1", "a", new UserResult { Operations = [Sample.Result()] }, default);
        Assert.That(store.Commits - before, Is.LessThanOrEqualTo(2));
        Assert.That(await trail.RecordsAsync(default).ListAsync(), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task A_record_noted_before_an_intent_is_there_for_other_processes_when_the_intent_is()
    {
        SqliteRunStore store = _stores[0];
        await store.BeginAsync(Sample.Run("r1"), Sample.Stream(Sample.Planned(0, "a")), default);
        await (await store.AuditAsync(default)).NoteAsync(Entry("requested"), default);
        await store.IntentAsync("r1", "a", 0, Sample.Add(), Sample.Noon, default);
        Assert.That(await Rows("SELECT count(*) FROM audit"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_new_encryption_key_leaves_the_chain_as_it_is()
    {
        IAuditTrail trail = await _stores[0].AuditAsync(default);
        for (int i = 0; i < 5; i++) await trail.AppendAsync(Entry($"r{i}"), default);
        AuditHead? before = await trail.HeadAsync(default);
        Assert.That(await _stores[0].RekeyAsync(default), Is.EqualTo(5));
        Assert.That(Findings(await trail.RecordsAsync(default).ListAsync()), Is.Empty);
        Assert.That(await trail.HeadAsync(default), Is.EqualTo(before));
    }

    [Test]
    public async Task What_is_done_to_the_table_behind_the_stores_back_shows()
    {
        IAuditTrail trail = await _stores[0].AuditAsync(default);
        for (int i = 0; i < 5; i++) await trail.AppendAsync(Entry($"r{i}"), default);
        await Rows("UPDATE audit SET body = (SELECT body FROM audit WHERE number = 1) WHERE number = 2; DELETE FROM audit WHERE number = 4");
        ImmutableArray<AuditRecord> records = await trail.RecordsAsync(default).ListAsync();
        Assert.That(Findings(records).Count(), Is.EqualTo(2));
    }

    private async Task<SqliteRunStore> OpenAsync()
    {
        SqliteRunStore store = await SqliteRunStore.OpenAsync(_scratch.Path, TimeProvider.System);
        _stores.Add(store);
        return store;
    }

    private async Task<long> Rows(string sql)
    {
        await using SqliteConnection connection = new($"Data Source={_scratch.Path};Pooling=false");
        await connection.OpenAsync();
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync() is long number ? number : 0;
    }
}

public sealed class PostgresAuditTrailTests : AuditTrailContract
{
    private PostgresScratch? _scratch;
    private readonly List<PostgresRunStore> _stores = [];

    [TearDown]
    public async Task Remove()
    {
        foreach (PostgresRunStore store in _stores) await store.DisposeAsync();
        _stores.Clear();
        _scratch?.Dispose();
    }

    protected override async Task<IAuditTrail> MakeAsync()
    {
        _scratch = PostgresScratch.Make();
        PostgresRunStore store = await OpenAsync();
        Key = await store.KeyAsync(AuditChain.KeyName, default);
        return await store.AuditAsync(default);
    }

    protected override async Task<IAuditTrail> LaterAsync(IAuditTrail trail) => await (await OpenAsync()).AuditAsync(default);

    [Test]
    public async Task Many_who_append_at_once_make_one_chain()
    {
        IAuditTrail[] trails = [await _stores[0].AuditAsync(default), await LaterAsync(await _stores[0].AuditAsync(default)),
            await LaterAsync(await _stores[0].AuditAsync(default))];
        await Task.WhenAll(trails.SelectMany((trail, i) => Enumerable.Range(0, 30).Select(n => trail.AppendAsync(Entry($"{i}-{n}"), default).AsTask())));
        ImmutableArray<AuditRecord> records = await trails[0].RecordsAsync(default).ListAsync();
        Assert.That(Findings(records), Is.Empty);
        Assert.That(records, Has.Length.EqualTo(90));
    }

    private async Task<PostgresRunStore> OpenAsync()
    {
        PostgresRunStore store = await (_scratch ?? throw new InvalidOperationException("no server")).OpenAsync();
        _stores.Add(store);
        return store;
    }
}

public sealed class MemoryAuditTrailTests : AuditTrailContract
{
    protected override Task<IAuditTrail> MakeAsync()
    {
        Key = new byte[32];
        return Task.FromResult<IAuditTrail>(new MemoryAuditTrail(Key));
    }

    protected override Task<IAuditTrail> LaterAsync(IAuditTrail trail) => Task.FromResult(trail);
}
