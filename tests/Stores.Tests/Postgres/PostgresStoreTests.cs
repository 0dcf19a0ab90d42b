using Npgsql;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Postgres;
using ProvisioningConnector.TestKit.Stores;
using static ProvisioningConnector.Stores.Tests.Samples.Sample;

namespace ProvisioningConnector.Stores.Tests.Postgres;

/// <summary>What only a server can get wrong.</summary>
public sealed class PostgresStoreTests
{
    private PostgresScratch _scratch = null!;

    [SetUp]
    public void Make() => _scratch = PostgresScratch.Make();

    [TearDown]
    public void Remove() => _scratch?.Dispose();

    [Test]
    public async Task A_store_that_is_not_to_be_made_is_missing_and_stays_so()
    {
        Assert.That(async () => await _scratch.OpenAsync(new() { Create = false }), ThrowsProblem(StoreProblem.Missing));
        Assert.That(async () => await _scratch.OpenAsync(new() { Create = false }), ThrowsProblem(StoreProblem.Missing));
        await (await _scratch.OpenAsync()).DisposeAsync();
        await (await _scratch.OpenAsync(new() { Create = false })).DisposeAsync();
    }

    [Test]
    public async Task Tables_of_another_program_are_left_alone()
    {
        string schema = new NpgsqlConnectionStringBuilder(_scratch.ConnectionString).SearchPath!;
        await using (NpgsqlConnection connection = _scratch.Connect()) connection.Run($"CREATE SCHEMA {schema}; CREATE TABLE {schema}.runs (x INT)");
        Assert.That(async () => await _scratch.OpenAsync(), ThrowsProblem(StoreProblem.Foreign));
    }

    [Test]
    public async Task A_store_of_another_version_is_left_alone()
    {
        await (await _scratch.OpenAsync()).DisposeAsync();
        await using (NpgsqlConnection connection = _scratch.Connect()) connection.Run("INSERT INTO schema_version VALUES (99, '2030')");
        Assert.That(async () => await _scratch.OpenAsync(), ThrowsProblem(StoreProblem.Newer));
    }

    [Test]
    public async Task Many_who_open_a_new_store_at_once_make_one()
    {
        PostgresRunStore[] stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () => await _scratch.OpenAsync())));
        for (int i = 0; i < stores.Length; i++) await stores[i].WriteNoteAsync("note " + i, "from " + i, default);
        for (int i = 0; i < stores.Length; i++) Assert.That(await stores[^(i + 1)].ReadNoteAsync("note " + i, default), Is.EqualTo("from " + i));
        foreach (PostgresRunStore store in stores) await store.DisposeAsync();
    }

    [Test]
    public async Task Intents_that_wait_at_the_same_time_share_a_commit()
    {
        await using PostgresRunStore store = await _scratch.OpenAsync();
        await store.BeginAsync(Run("r1"), Stream(Planned(0, "a")), default);
        int before = store.Commits;
        Task[] intents;
        await using (NpgsqlConnection other = _scratch.Connect())
        {
            other.Run("BEGIN; LOCK TABLE operations IN ACCESS EXCLUSIVE MODE");
            intents = [.. Enumerable.Range(0, 100).Select(i => store.IntentAsync("r1", "a", i, Add(), Noon, default).AsTask())];
            other.Run("ROLLBACK");
        }

        await Task.WhenAll(intents);
        Assert.That(store.Commits - before, Is.LessThanOrEqualTo(5));
        Assert.That(await store.OpenIntentsAsync("r1", "a", default), Has.Length.EqualTo(100));
    }

    [Test]
    public async Task A_locked_table_is_reported_and_works_when_the_lock_is_gone()
    {
        await using PostgresRunStore store = await _scratch.OpenAsync(new() { LockTimeout = TimeSpan.FromMilliseconds(50) });
        await using (NpgsqlConnection other = _scratch.Connect())
        {
            other.Run("BEGIN; LOCK TABLE notes IN ACCESS EXCLUSIVE MODE");
            Assert.That(async () => await store.WriteNoteAsync("a", "b", default), ThrowsProblem(StoreProblem.Locked));
            other.Run("ROLLBACK");
        }

        await store.WriteNoteAsync("a", "b", default);
        Assert.That(await store.ReadNoteAsync("a", default), Is.EqualTo("b"));
    }

    [Test]
    public async Task A_lost_connection_is_made_anew_and_loses_nothing()
    {
        await using PostgresRunStore store = await _scratch.OpenAsync();
        await store.BeginAsync(Run("r1"), Stream(Planned(0, "a")), default);
        await using NpgsqlConnection other = _scratch.Connect();
        other.Run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND application_name = 'provision'");
        await store.IntentAsync("r1", "a", 0, Add(), Noon, default);
        Assert.That(await store.OpenIntentsAsync("r1", "a", default), Is.EqualTo(new[] { 0 }));
    }

    [Test]
    public async Task A_server_that_crashed_and_came_back_has_all_that_was_awaited()
    {
        await using PostgresServer server = await PostgresServer.TryStartAsync() ?? throw new IgnoreException(PostgresServer.HowToInstall);
        RunStoreOptions options = new() { KeyFile = _scratch.KeyFile };
        await using PostgresRunStore store = await PostgresRunStore.OpenAsync(server.ConnectionString, TimeProvider.System, options);
        await store.BeginAsync(Run("r1"), Stream(Planned(0, "a")), default);
        await store.IntentAsync("r1", "a", 0, Add(), Noon, default);
        await server.StopAsync();
        Assert.That(async () => await store.IntentAsync("r1", "a", 1, Add(), Noon, default), ThrowsProblem(StoreProblem.Unavailable));
        Assert.That(async () => await store.FindRunAsync("r1", default), ThrowsProblem(StoreProblem.Unavailable));
        await server.StartAsync();
        await store.IntentAsync("r1", "a", 2, Add(), Noon, default);
        Assert.That(await store.OpenIntentsAsync("r1", "a", default), Is.EqualTo(new[] { 0, 2 }));
    }

    [TestCase("nonsense")]
    [TestCase("Password=geheim")]
    [TestCase("Host=x;Port=geheim")]
    [TestCase("Host=x;Search Path=a,b")]
    [TestCase("Host=x;Nonsense=geheim")]
    public void A_connection_string_that_cannot_be_is_reported_without_its_text(string text)
    {
        StoreException? reported = Assert.Throws<StoreException>(() => PostgresLocation.Parse(text));
        Assert.That(reported?.ToString(), Does.Not.Contain("geheim"));
        Assert.That(reported?.Problem, Is.EqualTo(StoreProblem.Unavailable));
    }

    [Test]
    public async Task A_server_that_is_not_there_is_reported_with_its_place_and_without_the_password()
    {
        RunStoreOptions options = new() { KeyFile = _scratch.KeyFile };
        StoreException? reported = await Assert.ThrowsAsync<StoreException>(async () =>
            await PostgresRunStore.OpenAsync("Host=127.0.0.1;Port=1;Database=hr;Username=me;Password=geheim", TimeProvider.System, options));
        Assert.That(reported?.Message, Does.Contain("127.0.0.1:1/hr"));
        Assert.That(reported?.ToString(), Does.Not.Contain("geheim"));
    }

    [Test]
    public void A_store_without_a_key_file_is_refused() =>
        Assert.That(async () => await PostgresRunStore.OpenAsync(_scratch.ConnectionString, TimeProvider.System, new()), ThrowsProblem(StoreProblem.KeyLost));

    [Test]
    public async Task A_host_with_another_key_file_is_refused()
    {
        await (await _scratch.OpenAsync()).DisposeAsync();
        RunStoreOptions elsewhere = new() { KeyFile = _scratch.KeyFile + ".other" };
        Assert.That(async () => await PostgresRunStore.OpenAsync(_scratch.ConnectionString, TimeProvider.System, elsewhere),
            ThrowsProblem(StoreProblem.KeyLost));
        Assert.That(File.Exists(elsewhere.KeyFile), Is.False);
    }

    private static NUnit.Framework.Constraints.EqualConstraint<StoreProblem> ThrowsProblem(StoreProblem problem) =>
        Throws.InstanceOf<StoreException>().With.Property(nameof(StoreException.Problem)).EqualTo(problem);
}
