using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Spool;
using ProvisioningConnector.Stores.Tests.Samples;
using static ProvisioningConnector.Stores.Tests.Samples.Sample;

namespace ProvisioningConnector.Stores.Tests.Sqlite;

/// <summary>No other account reads what a store or spool holds, and lost keys are noticed.</summary>
[Platform(Exclude = "Win")]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class PrivacyTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly Scratch _scratch = new();

    [TearDown]
    public void Remove() => _scratch.Dispose();

    [Test]
    public async Task Only_the_owner_may_read_what_a_store_writes()
    {
        string path = Path.Combine(_scratch.Directory, "new", "provision.db");
        await using SqliteRunStore store = await SqliteRunStore.OpenAsync(path, TimeProvider.System);
        await store.KeyAsync("seal", default);
        await store.WriteNoteAsync("a", "b", default);
        string directory = Path.GetDirectoryName(path)!;
        Assert.Multiple(() =>
        {
            Assert.That(File.GetUnixFileMode(directory), Is.EqualTo(OwnerOnly | UnixFileMode.UserExecute));
            string[] files = Directory.GetFiles(directory);
            Assert.That(files.Select(Path.GetFileName), Is.SupersetOf(new[] { "provision.db", "provision.db-wal", "provision.db.key" }));
            foreach (string file in files) Assert.That(File.GetUnixFileMode(file), Is.EqualTo(OwnerOnly), file);
        });
    }

    [Test]
    public async Task Others_lose_the_right_to_read_a_store_that_is_there()
    {
        await (await SqliteRunStore.OpenAsync(_scratch.Path, TimeProvider.System)).DisposeAsync();
        File.SetUnixFileMode(_scratch.Path, OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        await (await SqliteRunStore.OpenAsync(_scratch.Path, TimeProvider.System)).DisposeAsync();
        Assert.That(File.GetUnixFileMode(_scratch.Path), Is.EqualTo(OwnerOnly));
    }

    [Test]
    public async Task A_spool_leaves_nothing_with_a_name_even_while_it_is_open()
    {
        await using SqlitePlanSpool spool = SqlitePlanSpool.Create(_scratch.Directory);
        await spool.AddRowAsync(Row(0, "a", "+1 2065550100"), default);
        Assert.That(Directory.GetFileSystemEntries(_scratch.Directory), Is.Empty);
        Assert.That(await spool.ResolvedAsync(default).ListAsync(), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_spool_that_cannot_be_made_says_so()
    {
        File.WriteAllText(_scratch.PathOf("file"), "");
        Assert.That(() => SqlitePlanSpool.Create(_scratch.PathOf("file")), Throws.InstanceOf<StoreException>());
    }

    [Test]
    public async Task Keys_lie_in_the_key_file_and_not_in_the_database()
    {
        string keyFile = _scratch.PathOf("elsewhere.key");
        RunStoreOptions options = new() { KeyFile = keyFile };
        byte[] key;
        await using (SqliteRunStore store = await SqliteRunStore.OpenAsync(_scratch.Path, TimeProvider.System,
            options)) key = (await store.KeyAsync("seal", default)).ToArray();
        Assert.That(File.ReadAllText(keyFile), Does.Contain(Convert.ToBase64String(key)));
        Assert.That(File.ReadAllBytes(_scratch.Path).AsSpan().IndexOf(key), Is.EqualTo(-1));
        Assert.That(File.Exists(_scratch.Path + ".key"), Is.False);
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("{}")]
    [TestCase("""{"version":1,"keys":[]}""")]
    [TestCase("""{"version":1,"keys":[{"name":"seal","madeAt":"2026-01-01T00:00:00Z","value":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}]}""")]
    [TestCase("""{"version":1,"keys":[{"name":"seal","madeAt":"2026-01-01T00:00:00Z","value":"AAAA"}]}""")]
    public async Task A_key_file_that_is_lost_or_another_is_noticed(string? content)
    {
        await using SqliteRunStore store = await SqliteRunStore.OpenAsync(_scratch.Path, TimeProvider.System);
        await store.KeyAsync("seal", default);
        string keyFile = _scratch.Path + ".key";
        if (content is null) File.Delete(keyFile);
        else File.WriteAllText(keyFile, content);
        Assert.That(async () => await store.KeyAsync("seal", default),
            Throws.InstanceOf<StoreException>().With.Property(nameof(StoreException.Problem)).EqualTo(StoreProblem.KeyLost));
        await store.WriteNoteAsync("a", "the rest works", default);
    }
}
