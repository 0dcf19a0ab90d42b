using System.Collections.Immutable;
using System.Data.Common;
using ProvisioningConnector.Stores.Keys;
using ProvisioningConnector.Stores.Sqlite;
using ProvisioningConnector.Stores.Tests.Postgres;
using ProvisioningConnector.Stores.Tests.Samples;
using ProvisioningConnector.Stores.Tests.Sqlite;
using static ProvisioningConnector.Stores.Tests.Samples.Sample;

namespace ProvisioningConnector.Stores.Tests.Upkeep;

/// <summary>A new key rewrites everything, loses nothing, stands an interruption and other processes.</summary>
public abstract class RekeyTests
{
    protected abstract string KeyFilePath { get; }

    protected abstract Task<DatabaseRunStore> OpenAsync();

    protected abstract ValueTask<DbConnection> ConnectAsync();

    [Test]
    public async Task After_a_new_key_everything_reads_as_before_and_the_old_key_is_gone()
    {
        await using DatabaseRunStore store = await OpenAsync();
        await FillAsync(store, 1_203);
        string before = await AllAsync(store);
        ImmutableArray<uint> old = Keys();
        long rewritten = await store.RekeyAsync(default);
        Assert.Multiple(async () =>
        {
            // A head, the users, one result, one intent, one outcome, one note.
            Assert.That(rewritten, Is.EqualTo(1 + 1_203 + 1 + 1 + 1 + 1));
            Assert.That(Keys(), Has.Length.EqualTo(1).And.Not.EqualTo(old));
            Assert.That(await AllAsync(store), Is.EqualTo(before));
        });
        await using DatabaseRunStore later = await OpenAsync();
        Assert.That(await AllAsync(later), Is.EqualTo(before));
    }

    [Test]
    public async Task An_interrupted_change_of_key_reads_on_and_is_finished_by_the_next()
    {
        await using DatabaseRunStore store = await OpenAsync();
        await FillAsync(store, 700);
        string before = await AllAsync(store);
        await using (DbConnection connection = await ConnectAsync())
        {
            // What a kill leaves behind right after the key was made.
            new KeyRing(new KeyFile(KeyFilePath), TimeProvider.System).MakeCurrent(connection, SealedForm.KeyName(0xABCD1234));
        }

        await using DatabaseRunStore later = await OpenAsync();
        ImmutableArray<uint> both = Keys();
        Assert.That(await AllAsync(later), Is.EqualTo(before));
        await later.RekeyAsync(default);
        Assert.That(both, Has.Length.EqualTo(2));
        Assert.That(Keys(), Is.EqualTo(new[] { 0xABCD1234 }), "no third key was made");
        Assert.That(await AllAsync(store), Is.EqualTo(before));
    }

    [Test]
    public async Task A_store_that_was_open_goes_on_with_the_new_key()
    {
        await using DatabaseRunStore one = await OpenAsync();
        await using DatabaseRunStore two = await OpenAsync();
        await FillAsync(one, 3);
        await two.RekeyAsync(default);
        await one.IntentAsync("r1", "u2", 0, Add(), Noon, default);
        await one.OutcomeAsync("r1", "u2", 0, Result(), default);
        await one.WriteNoteAsync("a", "after", default);
        Assert.That(await two.ReadNoteAsync("a", default), Is.EqualTo("after"));
        Assert.That((await two.UsersAsync("r1", default).ListAsync())[2].Recorded.Keys, Is.EqualTo(new[] { 0 }));
        Assert.That(await two.RekeyAsync(default), Is.GreaterThan(0));
        Assert.That(await one.ReadNoteAsync("a", default), Is.EqualTo("after"));
    }

    [Test]
    public async Task A_run_goes_on_while_the_key_changes()
    {
        await using DatabaseRunStore one = await OpenAsync();
        await using DatabaseRunStore two = await OpenAsync();
        await FillAsync(one, 300);
        Task run = Task.Run(async () =>
        {
            for (int i = 0; i < 300; i++)
            {
                await one.IntentAsync("r1", "u" + i, 1, Add(), Noon, default);
                await one.OutcomeAsync("r1", "u" + i, 1, Result(), default);
            }
        });
        for (int i = 0; i < 3; i++) await two.RekeyAsync(default);
        await run;
        await one.OpenIntentsAsync("r1", "u299", default);
        await two.RekeyAsync(default);
        Assert.That(Keys(), Has.Length.EqualTo(1));
        await using DatabaseRunStore later = await OpenAsync();
        Assert.That((await later.UsersAsync("r1", default).ListAsync()).Count(user => user.Recorded.ContainsKey(1)), Is.EqualTo(299));
    }

    private static async Task FillAsync(DatabaseRunStore store, int users)
    {
        await store.BeginAsync(Run("r1"), Stream([.. Enumerable.Range(0, users).Select(i => Planned(i, "u" + i))]), default);
        await store.IntentAsync("r1", "u1", 0, Add(), Noon, default);
        await store.OutcomeAsync("r1", "u1", 0, Result(), default);
        await store.UserAsync("r1", "u0", Done(), default);
        await store.WriteNoteAsync("a", "note", default);
    }

    private static async Task<string> AllAsync(DatabaseRunStore store) =>
        Deep.Text(await store.FindRunAsync("r1", default)) + string.Concat((await store.UsersAsync("r1", default).ListAsync()).Select(Deep.Text))
        + await store.ReadNoteAsync("a", default);

    private ImmutableArray<uint> Keys() => [.. new KeyFile(KeyFilePath).All(name => SealedForm.TryReadKeyName(name, out uint id) ? id : null).Keys.Order()];
}

public sealed class SqliteRekeyTests : RekeyTests
{
    private readonly Scratch _scratch = new();

    protected override string KeyFilePath => _scratch.Path + ".key";

    [TearDown]
    public void Remove() => _scratch.Dispose();

    protected override async Task<DatabaseRunStore> OpenAsync() => await SqliteRunStore.OpenAsync(_scratch.Path, TimeProvider.System);

    protected override ValueTask<DbConnection> ConnectAsync() => new SqliteDatabase(_scratch.Path, new()).OpenAsync(default);
}

public sealed class PostgresRekeyTests : RekeyTests
{
    private PostgresScratch _scratch = null!;

    protected override string KeyFilePath => _scratch.KeyFile;

    [SetUp]
    public void Make() => _scratch = PostgresScratch.Make();

    [TearDown]
    public void Remove() => _scratch?.Dispose();

    protected override async Task<DatabaseRunStore> OpenAsync() => await _scratch.OpenAsync();

    protected override ValueTask<DbConnection> ConnectAsync() => ValueTask.FromResult<DbConnection>(_scratch.Connect());
}
