using System.Data.Common;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Keys;
using ProvisioningConnector.Stores.Sealing;
using ProvisioningConnector.Stores.Sqlite;
using ProvisioningConnector.Stores.Tests.Samples;
using ProvisioningConnector.Stores.Tests.Sqlite;
using ProvisioningConnector.Stores.Upkeep;
using static ProvisioningConnector.Stores.Tests.Samples.Sample;
using PropertyAttribute = FsCheck.NUnit.PropertyAttribute;

namespace ProvisioningConnector.Stores.Tests.Sealing;

/// <summary>A sealed value opens at its own place, whole, or not at all.</summary>
public sealed class ValueEncryptionTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private readonly Scratch _scratch = new();

    [TearDown]
    public void Remove() => _scratch.Dispose();

    [Property]
    public void What_was_sealed_comes_back(byte[] plain, string field) =>
        Assert.That(SealedForm.Open(Key, SealedForm.Seal(7, Key, plain ?? [], SealedField.At(field ?? "")), SealedField.At(field ?? "")),
            Is.EqualTo(plain ?? []));

    [Test]
    public void No_byte_can_be_changed()
    {
        byte[] whole = SealedForm.Seal(7, Key, "+1 2065550100"u8, "here"u8);
        for (int i = SealedForm.HeaderLength; i < whole.Length; i++)
        {
            byte[] changed = [.. whole];
            changed[i] ^= 1;
            Assert.That(() => SealedForm.Open(Key, changed, "here"u8), Throws.InstanceOf<System.Security.Cryptography.CryptographicException>());
        }
    }

    [Test]
    public void No_two_seals_of_one_value_are_alike() =>
        Assert.That(Enumerable.Range(0, 20).Select(_ => Convert.ToHexString(SealedForm.Seal(7, Key, "x"u8, "here"u8))), Is.Unique);

    [Test]
    public void No_two_places_are_the_same()
    {
        byte[][] places =
        [
            SealedField.At("a", "b"), SealedField.At("ab"), SealedField.At("a", "b", null), SealedField.At("a", null, "b"),
            SealedField.At("a", 1L), SealedField.At("a", "1"),
            SealedField.At("a", new byte[] { 98 }), SealedField.At("a", ""), SealedField.At("a"),
            SealedField.At("a", "b", "c"), SealedField.At("a", "bc"), SealedField.At("a", "", "bc"),
        ];
        Assert.That(places.Select(Convert.ToHexString), Is.Unique);
    }

    [Test]
    public async Task Every_sealed_column_is_one_that_a_new_key_rewrites()
    {
        await FillAsync();
        using DbConnection connection = await ConnectAsync();
        string[] blobs = [.. Read(connection,
            "SELECT m.name || '.' || p.name FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table' AND p.type = 'BLOB'")];
        string[] notSealed =
        [
            "audit.previous", "audit.mac", "user_names.name", "window_writes.actor",
            "run_users.uid", "operations.uid", "verified_states.uid", "user_locks.uid", "keys.proof",
            "keys.wrapped", // sealed by the key of all digests, which stays
            "verified_states.row_digest", "verified_states.rules_digest", "verified_states.parts",
            "verified_states.basis", "source_names.name", "source_names.uid", // digests with the key 'states'
            "verified_states.held", // parts and moments, no value
        ];
        Assert.That(blobs.Except(notSealed), Is.EquivalentTo(SealedColumn.All.Select(column => $"{column.Table}.{column.Column}")),
            "add the column to SealedColumn.All, or here");
    }

    // Every value is put where another of the same column lies: another run, tenant, user, operation.
    [TestCase("UPDATE runs SET head = (SELECT head FROM runs o WHERE o.no <> runs.no)")]
    [TestCase("UPDATE runs SET tenant_id = 'other'")]
    [TestCase("UPDATE run_users SET body = (SELECT body FROM run_users o WHERE o.run = run_users.run AND o.ordinal <> run_users.ordinal)")]
    [TestCase("UPDATE run_users SET body = (SELECT body FROM run_users o WHERE o.run <> run_users.run AND o.ordinal = run_users.ordinal)")]
    [TestCase("UPDATE run_users SET uid = (SELECT uid FROM run_users o WHERE o.run = run_users.run AND o.ordinal <> run_users.ordinal)")]
    [TestCase("UPDATE run_users SET result = (SELECT result FROM run_users o WHERE o.run = run_users.run AND "
        + "o.ordinal = 1 - run_users.ordinal) WHERE ordinal = 1")]
    [TestCase("UPDATE run_users SET result = body")]
    [TestCase("UPDATE operations SET result = intent WHERE result IS NOT NULL")]
    [TestCase("UPDATE operations SET position = position + 5")]
    [TestCase("UPDATE run_users SET body = substr(body, 1, 20)")]
    [TestCase("UPDATE run_users SET body = X'00'")]
    public async Task A_value_that_was_moved_or_cut_does_not_open(string attack)
    {
        await FillAsync();
        using (DbConnection connection = await ConnectAsync()) Assert.That(connection.Run(attack), Is.GreaterThan(0));
        await using SqliteRunStore store = await OpenAsync();
        Assert.That(
            async () =>
            {
                await store.RunsAsync(default).ListAsync();
                await store.UsersAsync("r1", default).ListAsync();
                await store.UsersAsync("r2", default).ListAsync();
            },
            Throws.InstanceOf<StoreException>().With.Property(nameof(StoreException.Problem)).EqualTo(StoreProblem.Damaged));
    }

    [TestCase("run_users.uid")]
    [TestCase("operations.uid")]
    [TestCase("user_names.name")]
    public async Task A_digest_is_of_the_key_file_and_says_nothing_by_itself(string column)
    {
        string[] parts = column.Split('.');
        string read = $"SELECT DISTINCT hex({parts[1]}) FROM {parts[0]} WHERE {parts[1]} IS NOT NULL";
        await FillAsync();
        List<string> one;
        using (DbConnection connection = await ConnectAsync()) one = Read(connection, read);
        _scratch.Fresh();
        await FillAsync();
        using DbConnection other = await ConnectAsync();
        List<string> two = Read(other, read);
        Assert.That(one, Is.Not.Empty);
        Assert.That(two, Has.Count.EqualTo(one.Count));
        Assert.That(one.Intersect(two), Is.Empty, "the same people in a store with other keys");
        foreach (string uid in (string[])["a", "A", "b", "B"])
        {
            string plain = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(uid)));
            Assert.That(one.Concat(two).Any(digest => plain.StartsWith(digest, StringComparison.Ordinal)), Is.False);
        }
    }

    [Test]
    public async Task A_store_without_its_key_file_is_not_opened_and_not_changed()
    {
        await FillAsync();
        string key = _scratch.Path + ".key";
        File.Move(key, key + ".away");
        Assert.That(async () => await OpenAsync(),
            Throws.InstanceOf<StoreException>().With.Property(nameof(StoreException.Problem)).EqualTo(StoreProblem.KeyLost));
        Assert.That(File.Exists(key), Is.False, "no new keys are made for a store that has some");
        File.Move(key + ".away", key);
        await using SqliteRunStore store = await OpenAsync();
        Assert.That(await store.UsersAsync("r1", default).ListAsync(), Has.Length.EqualTo(2));
    }

    private ValueTask<SqliteRunStore> OpenAsync() => SqliteRunStore.OpenAsync(_scratch.Path, TimeProvider.System);

    private ValueTask<DbConnection> ConnectAsync() => new SqliteDatabase(_scratch.Path, new()).OpenAsync(default);

    private static List<string> Read(DbConnection connection, string sql)
    {
        using DbCommand command = connection.Statement(sql);
        using DbDataReader reader = command.ExecuteReader();
        List<string> all = [];
        while (reader.Read()) all.Add(reader.GetString(0));
        return all;
    }

    /// <summary>Two runs of two users; in the first, the first user has a result and the second only an outcome.</summary>
    private async Task FillAsync()
    {
        await using SqliteRunStore store = await OpenAsync();
        foreach (string run in (string[])["r1", "r2"])
        {
            await store.BeginAsync(Run(run), Stream(Planned(0, "a"), Planned(1, "b")), default);
            await store.IntentAsync(run, "b", 0, Add(), Noon, default);
            await store.OutcomeAsync(run, "b", 0, Result(), default);
            await store.UserAsync(run, "a", Done(), default);
        }
    }
}
