using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Keys;
using ProvisioningConnector.Stores.Tests.Sqlite;

namespace ProvisioningConnector.Stores.Tests.Sealing;

/// <summary>No key is lost or made twice when keys are made at the same time.</summary>
public sealed class KeyFileTests
{
    private readonly Scratch _scratch = new();

    [TearDown]
    public void Remove() => _scratch.Dispose();

    [Test]
    public async Task Of_many_who_make_the_first_key_at_once_all_get_the_same()
    {
        byte[][] keys = await Task.WhenAll(Enumerable.Range(0,
            16).Select(_ => Task.Run(() => new KeyFile(_scratch.PathOf("k")).FindOrMake("seal", DateTimeOffset.UnixEpoch))));
        Assert.That(keys.Select(Convert.ToHexString).Distinct().Count(), Is.EqualTo(1));
        Assert.That(new KeyFile(_scratch.PathOf("k")).Find("seal"), Is.EqualTo(keys[0]));
    }

    [Test]
    public async Task Of_many_who_make_different_keys_at_once_none_loses_a_key()
    {
        byte[][] keys = await Task.WhenAll(Enumerable.Range(0,
            16).Select(i => Task.Run(() => new KeyFile(_scratch.PathOf("k")).FindOrMake("key " + i, DateTimeOffset.UnixEpoch))));
        Assert.That(Enumerable.Range(0, 16).Select(i => new KeyFile(_scratch.PathOf("k")).Find("key " + i)), Is.EqualTo(keys));
    }

    [Test]
    public async Task Two_who_open_a_new_store_at_once_read_each_other()
    {
        for (int round = 0; round < 5; round++)
        {
            string path = _scratch.PathOf($"{round}.db");
            SqliteRunStore[] stores = await Task.WhenAll(Enumerable.Range(0,
                4).Select(_ => Task.Run(async () => await SqliteRunStore.OpenAsync(path, TimeProvider.System))));
            for (int i = 0; i < stores.Length; i++) await stores[i].WriteNoteAsync("note " + i, "from " + i, default);
            for (int i = 0; i < stores.Length; i++) Assert.That(await stores[^(i + 1)].ReadNoteAsync("note " + i, default), Is.EqualTo("from " + i));
            foreach (SqliteRunStore store in stores) await store.DisposeAsync();
        }
    }

    [Test]
    public async Task Two_stores_may_share_a_key_file_and_change_their_keys()
    {
        RunStoreOptions options = new() { KeyFile = _scratch.PathOf("shared.key") };
        await using SqliteRunStore one = await SqliteRunStore.OpenAsync(_scratch.PathOf("1.db"), TimeProvider.System, options);
        await using SqliteRunStore two = await SqliteRunStore.OpenAsync(_scratch.PathOf("2.db"), TimeProvider.System, options);
        await one.WriteNoteAsync("a", "one", default);
        await two.WriteNoteAsync("a", "two", default);
        await one.RekeyAsync(default);
        await using SqliteRunStore later = await SqliteRunStore.OpenAsync(_scratch.PathOf("2.db"), TimeProvider.System, options);
        Assert.That(await later.ReadNoteAsync("a", default), Is.EqualTo("two"));
    }

    [Test]
    public void A_key_file_where_none_can_be_made_is_reported()
    {
        File.WriteAllText(_scratch.PathOf("file"), "");
        Assert.That(() => new KeyFile(Path.Combine(_scratch.PathOf("file"), "k")).FindOrMake("seal", DateTimeOffset.UnixEpoch),
            Throws.InstanceOf<StoreException>());
    }
}
