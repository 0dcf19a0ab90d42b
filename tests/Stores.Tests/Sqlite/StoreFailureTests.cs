using Microsoft.Data.Sqlite;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Sqlite;
using ProvisioningConnector.Stores.Tests.Samples;

namespace ProvisioningConnector.Stores.Tests.Sqlite;

/// <summary>A store that cannot be used says what, why and what to do, and is left as it was.</summary>
public sealed class StoreFailureTests
{
    private readonly Scratch _scratch = new();

    [TearDown]
    public void Remove() => _scratch.Dispose();

    [Test]
    public void A_store_that_is_not_to_be_made_is_missing()
    {
        Assert.That(ErrorOf(_scratch.Path, new() { Create = false }), Is.EqualTo(StoreProblem.Missing));
        Assert.That(File.Exists(_scratch.Path), Is.False);
    }

    [Test]
    public void An_empty_file_is_a_missing_store_or_becomes_one()
    {
        File.WriteAllText(_scratch.Path, "");
        Assert.That(ErrorOf(_scratch.Path, new() { Create = false }), Is.EqualTo(StoreProblem.Missing));
        Assert.That(ErrorOf(_scratch.Path, null), Is.Null);
    }

    [Test]
    public void A_file_that_is_no_database_is_foreign()
    {
        File.WriteAllText(_scratch.Path, new string('x', 5_000));
        Assert.That(ErrorOf(_scratch.Path, null), Is.EqualTo(StoreProblem.Foreign));
        Assert.That(File.ReadAllText(_scratch.Path), Is.EqualTo(new string('x', 5_000)));
    }

    [Test]
    public void A_database_of_another_program_is_foreign()
    {
        Execute(_scratch.Path, "CREATE TABLE songs (title TEXT)");
        Assert.That(ErrorOf(_scratch.Path, null), Is.EqualTo(StoreProblem.Foreign));
        Assert.That(Tables(_scratch.Path), Is.EqualTo(1));
    }

    [Test]
    public async Task A_store_of_a_newer_version_is_left_alone()
    {
        await MakeAsync();
        Execute(_scratch.Path, "INSERT INTO schema_version VALUES (99, '2030'); CREATE TABLE future (x)");
        Assert.That(ErrorOf(_scratch.Path, null), Is.EqualTo(StoreProblem.Newer));
    }

    [TestCase(1)]
    [TestCase(2)]
    public async Task A_store_that_kept_values_in_clear_is_refused_and_left_as_it_was(int version)
    {
        await MakeAsync();
        Execute(_scratch.Path, $"DELETE FROM schema_version; INSERT INTO schema_version VALUES ({version}, '2026')");
        long before = Tables(_scratch.Path);
        Assert.That(ErrorOf(_scratch.Path, null), Is.EqualTo(StoreProblem.Older));
        Assert.That(Tables(_scratch.Path), Is.EqualTo(before));
    }

    [Test]
    public async Task A_damaged_store_says_so()
    {
        await using (SqliteRunStore store = await SqliteRunStore.OpenAsync(_scratch.Path, TimeProvider.System))
        {
            await store.BeginAsync(Sample.Run("r1"), Sample.Stream([.. Enumerable.Range(0, 50).Select(i => Sample.Planned(i, "u" + i))]), default);
        }

        using (FileStream file = File.OpenWrite(_scratch.Path))
        {
            file.Position = 4_096;
            file.Write(new byte[(int)(file.Length - 4_096)]);
        }

        Assert.That(
            async () =>
            {
                await using SqliteRunStore store = await SqliteRunStore.OpenAsync(_scratch.Path, TimeProvider.System);
                await store.UsersAsync("r1", default).ListAsync();
                await store.ReadNoteAsync("x", default);
                await store.WriteNoteAsync("x", "y", default);
            },
            Throws.InstanceOf<StoreException>().With.Property(nameof(StoreException.Problem)).EqualTo(StoreProblem.Damaged));
    }

    [Test]
    public async Task A_store_to_be_opened_read_only_is_refused()
    {
        await MakeAsync();
        Assert.That(ErrorOf($"Data Source={_scratch.Path};Mode=ReadOnly", null), Is.EqualTo(StoreProblem.ReadOnly));
    }

    [Test]
    public async Task A_locked_store_says_so_and_works_when_the_lock_is_gone()
    {
        await MakeAsync();
        await using SqliteRunStore store = await SqliteRunStore.OpenAsync(_scratch.Path, TimeProvider.System, new() { LockTimeout = TimeSpan.FromSeconds(1) });
        using (SqliteConnection other = Connect(_scratch.Path))
        {
            Execute(other, "BEGIN IMMEDIATE");
            Assert.That(async () => await store.WriteNoteAsync("a", "b", default),
                Throws.InstanceOf<StoreException>().With.Property(nameof(StoreException.Problem)).EqualTo(StoreProblem.Locked));
            Assert.That(await store.ReadNoteAsync("a", default), Is.Null, "readers do not wait for a writer");
        }

        await store.WriteNoteAsync("a", "b", default);
        Assert.That(await store.ReadNoteAsync("a", default), Is.EqualTo("b"));
    }

    [TestCase("")]
    [TestCase(":memory:")]
    [TestCase("Data Source=:memory:")]
    [TestCase("Data Source=x;Mode=Memory")]
    [TestCase("Data Source=x;Password=y")]
    [TestCase("Data Source=x;Nonsense=1")]
    [TestCase("Data Source=file:x.db?mode=memory")]
    [TestCase("Mode=ReadWrite")]
    public void A_connection_string_that_names_no_file_is_refused(string text) => Assert.That(ErrorOf(text, null), Is.EqualTo(StoreProblem.Unavailable));

    [Test]
    public void A_place_that_cannot_be_is_reported()
    {
        File.WriteAllText(_scratch.PathOf("file"), "");
        Assert.That(ErrorOf(Path.Combine(_scratch.PathOf("file"), "provision.db"), null), Is.EqualTo(StoreProblem.Unavailable));
        Directory.CreateDirectory(_scratch.PathOf("directory"));
        Assert.That(ErrorOf(_scratch.PathOf("directory"), null), Is.EqualTo(StoreProblem.Unavailable));
    }

    [Test]
    public void A_bare_path_may_hold_an_equals_sign() => Assert.That(ErrorOf(_scratch.PathOf("a=b.db"), null), Is.Null);

    [TestCase(5, StoreProblem.Locked)]
    [TestCase(6, StoreProblem.Locked)]
    [TestCase(8, StoreProblem.ReadOnly)]
    [TestCase(10, StoreProblem.Unavailable)]
    [TestCase(11, StoreProblem.Damaged)]
    [TestCase(13, StoreProblem.Full)]
    [TestCase(14, StoreProblem.Unavailable)]
    [TestCase(26, StoreProblem.Foreign)]
    [TestCase(1, StoreProblem.Unavailable)]
    public void Every_code_of_SQLite_has_a_message_with_place_and_advice(int code, StoreProblem problem)
    {
        StoreException reported = SqliteErrors.Map(new SqliteException("text", code), "provision.db");
        Assert.That((reported.Problem, reported.Message.Contains("provision.db", StringComparison.Ordinal), reported.Advice.Length > 0),
            Is.EqualTo((problem, true, true)));
    }

    private static void Execute(string path, string sql)
    {
        using SqliteConnection connection = Connect(path);
        Execute(connection, sql);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Tables(string path)
    {
        using SqliteConnection connection = Connect(path);
        return connection.Count("SELECT count(*) FROM sqlite_master");
    }

    private static SqliteConnection Connect(string path)
    {
        SqliteLibrary.Load();
        SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }

    private async Task MakeAsync() => await (await SqliteRunStore.OpenAsync(_scratch.Path, TimeProvider.System)).DisposeAsync();

    private static StoreProblem? ErrorOf(string text, RunStoreOptions? options)
    {
        try
        {
            SqliteRunStore store = SqliteRunStore.OpenAsync(text, TimeProvider.System, options).AsTask().GetAwaiter().GetResult();
            store.DisposeAsync().AsTask().GetAwaiter().GetResult();
            return null;
        }
        catch (StoreException problem)
        {
            Assert.That(problem.Message, Is.Not.Empty);
            Assert.That(problem.Advice, Is.Not.Empty);
            return problem.Problem;
        }
    }
}
