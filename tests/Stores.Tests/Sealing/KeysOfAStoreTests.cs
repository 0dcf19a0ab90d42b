using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Tests.Sqlite;

namespace ProvisioningConnector.Stores.Tests.Sealing;

/// <summary>The key file is complete from the first day, and stays its owner's for every user of the store.</summary>
public sealed class KeysOfAStoreTests
{
    private const string Owner = "4711";
    private const string Group = "4712";
    private readonly Scratch _scratch = new();

    private string KeyFilePath => _scratch.Path + ".key";

    [TearDown]
    public void Remove() => _scratch.Dispose();

    [Test]
    public async Task All_keys_are_made_together_with_the_store()
    {
        await (await OpenAsync()).DisposeAsync();
        string[] names = Names();
        string made = File.ReadAllText(KeyFilePath);

        await using SqliteRunStore store = await OpenAsync();
        foreach (string name in StoreKeys.All) await store.KeyAsync(name, default);
        _ = await store.AuditAsync(default);

        Assert.That(names.Where(name => !name.StartsWith("values:", StringComparison.Ordinal)), Is.EquivalentTo(StoreKeys.All));
        Assert.That(names.Count(name => name.StartsWith("values:", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(File.ReadAllText(KeyFilePath), Is.EqualTo(made), "nothing changes it but store rekey");
    }

    [Test]
    public async Task A_key_that_comes_later_lies_wrapped_in_the_store_so_that_a_copy_of_the_key_file_is_complete()
    {
        string copy = _scratch.PathOf("copy.key");
        byte[] key;
        await using (SqliteRunStore store = await OpenAsync())
        {
            File.Copy(KeyFilePath, copy);
            key = (await store.KeyAsync("later", default)).ToArray();
            await store.RekeyAsync(default);
        }

        Assert.That(Names(), Does.Not.Contain("later"));
        foreach (string file in Directory.GetFiles(_scratch.Directory)) Assert.That(File.ReadAllBytes(file).AsSpan().IndexOf(key), Is.EqualTo(-1), file);
        File.Copy(KeyFilePath, copy, overwrite: true);
        await using SqliteRunStore again = await SqliteRunStore.OpenAsync(_scratch.Path, TimeProvider.System, new() { KeyFile = copy });
        Assert.That((await again.KeyAsync("later", default)).ToArray(), Is.EqualTo(key));
    }

    [Test]
    public async Task A_store_whose_keys_were_made_one_by_one_keeps_those_and_gets_the_others_wrapped()
    {
        byte[] seal;
        await using (SqliteRunStore store = await OpenAsync()) seal = (await store.KeyAsync(StoreKeys.Plans, default)).ToArray();
        Forget("approvals");
        string copy = File.ReadAllText(KeyFilePath);

        byte[] approvals;
        await using (SqliteRunStore store = await OpenAsync())
        {
            approvals = (await store.KeyAsync("approvals", default)).ToArray();
            Assert.That((await store.KeyAsync(StoreKeys.Plans, default)).ToArray(), Is.EqualTo(seal));
        }

        Assert.That(File.ReadAllText(KeyFilePath), Is.EqualTo(copy));
        await using SqliteRunStore again = await OpenAsync();
        Assert.That((await again.KeyAsync("approvals", default)).ToArray(), Is.EqualTo(approvals));
    }

    [Test]
    public async Task A_wrapped_key_that_was_changed_or_moved_is_noticed()
    {
        await using (SqliteRunStore store = await OpenAsync())
        {
            await store.KeyAsync("one", default);
            await store.KeyAsync("two", default);
        }

        Sql("UPDATE keys SET wrapped = (SELECT wrapped FROM keys WHERE name = 'two') WHERE name = 'one'; UPDATE keys SET wrapped = x'0102' WHERE name = 'two'");
        await using SqliteRunStore again = await OpenAsync();
        Assert.That(async () => await again.KeyAsync("one", default),
            Throws.InstanceOf<StoreException>().With.Property(nameof(StoreException.Problem)).EqualTo(StoreProblem.KeyLost));
        Assert.That(async () => await again.KeyAsync("two", default),
            Throws.InstanceOf<StoreException>().With.Property(nameof(StoreException.Problem)).EqualTo(StoreProblem.KeyLost));
    }

    [Test]
    public async Task Owner_group_and_mode_of_all_files_stay_when_root_uses_the_store_of_another_account()
    {
        NeedsRoot();
        await (await OpenAsync()).DisposeAsync();
        GiveAway();
        string owned = Stat(KeyFilePath);

        await using (SqliteRunStore store = await OpenAsync())
        {
            await store.WriteNoteAsync("a", "b", default);
            await store.KeyAsync("later", default);
            await store.RekeyAsync(default);
            foreach (string file in Directory.GetFiles(_scratch.Directory)) Assert.That(Stat(file), Is.EqualTo(owned), file);
        }

        Assert.That(owned, Is.EqualTo($"{Owner}:{Group}:600"));
        Assert.That(Stat(KeyFilePath), Is.EqualTo(owned));
    }

    [Test]
    public async Task Files_of_another_account_that_others_can_read_are_refused_and_left_as_they_are()
    {
        NeedsRoot();
        await (await OpenAsync()).DisposeAsync();
        GiveAway();
        Run("chmod", "640", KeyFilePath);
        string before = File.ReadAllText(KeyFilePath);

        Assert.That(async () => await OpenAsync(), Throws.InstanceOf<StoreException>().With.Message.Contains(KeyFilePath));

        Assert.That((Stat(KeyFilePath), File.ReadAllText(KeyFilePath)), Is.EqualTo(($"{Owner}:{Group}:640", before)));
    }

    private ValueTask<SqliteRunStore> OpenAsync() => SqliteRunStore.OpenAsync(_scratch.Path, TimeProvider.System);

    private string[] Names()
    {
        using JsonDocument keys = JsonDocument.Parse(File.ReadAllText(KeyFilePath));
        return [.. keys.RootElement.GetProperty("keys").EnumerateArray().Select(key => $"{key.GetProperty("name")}")];
    }

    /// <summary>As if the key had never been asked for.</summary>
    private void Forget(string name)
    {
        Sql($"DELETE FROM keys WHERE name = '{name}'");
        System.Text.Json.Nodes.JsonNode keys = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(KeyFilePath)) ?? throw new InvalidDataException();
        System.Text.Json.Nodes.JsonArray list = keys["keys"]?.AsArray() ?? throw new InvalidDataException();
        list.RemoveAll(key => $"{key?["name"]}" == name);
        File.WriteAllText(KeyFilePath, keys.ToJsonString());
    }

    private void Sql(string sql)
    {
        using SqliteConnection connection = new($"Data Source={_scratch.Path};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private void GiveAway()
    {
        foreach (string file in Directory.GetFiles(_scratch.Directory)) Run("chown", $"{Owner}:{Group}", file);
    }

    private static void NeedsRoot()
    {
        if (!OperatingSystem.IsLinux()
            || Run("id", "-u") != "0") Assert.Ignore("NOT TESTED: only root on Linux can give a file to another account. Run this test as root.");
    }

    private static string Stat(string file) => Run("stat", "-c", "%u:%g:%a", file);

    private static string Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException(program);
        string output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{program} ended with {process.ExitCode}."));
    }
}
