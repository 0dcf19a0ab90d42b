using System.Runtime.Versioning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Database;

namespace ProvisioningConnector.Stores.Tests.Sqlite;

/// <summary>Which accounts may use the files of a store (<c>Store:Access</c>).</summary>
[Platform("Linux")]
[UnsupportedOSPlatform("windows")]
public sealed class GroupStoreTests
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode GroupFile = OwnerFile | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
    private const UnixFileMode GroupDirectory = GroupFile | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.SetGroup;

    private readonly Scratch _scratch = new();

    [TearDown]
    public void Remove() => _scratch.Dispose();

    [TestCase(StoreAccess.Owner, OwnerFile)]
    [TestCase(StoreAccess.Group, GroupFile)]
    public async Task Every_file_of_a_store_has_the_mode_of_its_access_while_it_is_used(StoreAccess access, UnixFileMode expected)
    {
        string folder = _scratch.PathOf("store");
        await using SqliteRunStore store = await OpenAsync(folder, access);
        await store.WriteNoteAsync("a", "b", default);
        await store.RekeyAsync(default);

        Assert.That(Directory.GetFiles(folder).Select(Path.GetFileName), Is.SupersetOf(new[] { "s.db", "s.db-wal", "s.db-shm", "s.db.key", "s.db.key.lock" }));
        foreach (string file in Directory.GetFiles(folder)) Assert.That(File.GetUnixFileMode(file), Is.EqualTo(expected), file);
        Assert.That(File.GetUnixFileMode(folder).HasFlag(UnixFileMode.SetGroup), Is.EqualTo(access == StoreAccess.Group));
    }

    [Test]
    public async Task A_store_of_one_account_becomes_a_groups_and_back()
    {
        string folder = _scratch.PathOf("store");
        Directory.CreateDirectory(folder, GroupDirectory);
        File.SetUnixFileMode(folder, GroupDirectory);
        foreach ((StoreAccess access, UnixFileMode expected) in ((StoreAccess, UnixFileMode)[])[
            (StoreAccess.Owner, OwnerFile), (StoreAccess.Group, GroupFile), (StoreAccess.Owner, OwnerFile)])
        {
            await using SqliteRunStore store = await OpenAsync(folder, access);
            await store.WriteNoteAsync("a", "b", default);
            Assert.That(File.GetUnixFileMode(Path.Combine(folder, "s.db")), Is.EqualTo(expected), access.ToString());
            Assert.That(File.GetUnixFileMode(Path.Combine(folder, "s.db.key")), Is.EqualTo(expected), access.ToString());
        }
    }

    [Test]
    public void A_directory_that_does_not_pass_its_group_on_is_refused()
    {
        string folder = _scratch.PathOf("store");
        Directory.CreateDirectory(folder);

        StoreException error = Assert.Catch<StoreException>(() => OpenAsync(folder, StoreAccess.Group).AsTask().GetAwaiter().GetResult())!;

        Assert.That(error.Advice, Is.EqualTo($"Set it once: chmod 2770 {folder}"));
        Assert.That(Directory.GetFiles(folder), Is.Empty);
    }

    [Test]
    public async Task Rights_of_others_are_taken_away_from_a_groups_file()
    {
        string folder = _scratch.PathOf("store");
        await (await OpenAsync(folder, StoreAccess.Group)).DisposeAsync();
        string key = Path.Combine(folder, "s.db.key");
        File.SetUnixFileMode(key, GroupFile | UnixFileMode.OtherRead);

        await (await OpenAsync(folder, StoreAccess.Group)).DisposeAsync();

        Assert.That(File.GetUnixFileMode(key), Is.EqualTo(GroupFile));
    }

    private static ValueTask<SqliteRunStore> OpenAsync(string folder, StoreAccess access) =>
        SqliteRunStore.OpenAsync(Path.Combine(folder, "s.db"), TimeProvider.System, new RunStoreOptions { Access = access });
}
