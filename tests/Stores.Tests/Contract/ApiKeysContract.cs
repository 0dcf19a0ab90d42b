using System.Collections.Immutable;
using System.Text;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Tests.Postgres;
using ProvisioningConnector.Stores.Tests.Samples;
using ProvisioningConnector.Stores.Tests.Sqlite;
using ProvisioningConnector.TestKit.Stores;

namespace ProvisioningConnector.Stores.Tests.Contract;

/// <summary>What every memory of API keys keeps to.</summary>
public abstract class ApiKeysContract
{
    protected static DateTimeOffset Now => Sample.Noon;

    protected abstract Task<IApiKeys> MakeAsync();

    [Test]
    public async Task Keys_come_back_as_given_in_the_order_in_which_they_were_made()
    {
        IApiKeys keys = await MakeAsync();
        ApiKey[] given = [Given("b1", "one"), Given("a2", "two") with { ExpiresAt = null, From = [] }];
        foreach (ApiKey key in given) Assert.That(await keys.AddAsync(key, Now, default), Is.True);
        Assert.That((await keys.AllAsync(default)).Select(Deep.Text), Is.EqualTo(given.Select(Deep.Text)));
        Assert.That(Deep.Text(await keys.FindAsync("a2", default) ?? given[0]), Is.EqualTo(Deep.Text(given[1])));
        Assert.That(await keys.FindAsync("c3", default), Is.Null);
    }

    [Test]
    public async Task A_key_is_added_once()
    {
        IApiKeys keys = await MakeAsync();
        await keys.AddAsync(Given("a1", "one"), Now, default);
        Assert.That(async () => await keys.AddAsync(Given("a1", "two"), Now, default), Throws.InvalidOperationException);
    }

    [Test]
    public async Task A_name_has_at_most_two_live_keys()
    {
        IApiKeys keys = await MakeAsync();
        await keys.AddAsync(Given("a1", "one") with { ExpiresAt = Now }, Now, default);
        await keys.AddAsync(Given("a2", "one"), Now, default);
        await keys.AddAsync(Given("a3", "ONE"), Now, default);
        Assert.That(await keys.AddAsync(Given("a4", "one"), Now, default), Is.False, "two are live, one has ended");
        Assert.That(await keys.FindAsync("a4", default), Is.Null);
        await keys.RevokeAsync("a2", Now, "bob@here", default);
        Assert.That(await keys.AddAsync(Given("a4", "one"), Now, default), Is.True);
    }

    [Test]
    public async Task A_revoked_key_is_seen_as_such_at_once_and_stays_as_it_was_revoked_first()
    {
        IApiKeys keys = await MakeAsync();
        await keys.AddAsync(Given("a1", "one"), Now, default);
        Assert.That((await keys.FindAsync("a1", default))?.RevokedAt, Is.Null);
        await keys.RevokeAsync("a1", Now, "bob@here", default);
        ApiKey? again = await keys.RevokeAsync("a1", Now.AddDays(1), "eve@here", default);
        ApiKey? found = await keys.FindAsync("a1", default);
        Assert.That((again?.RevokedAt, again?.RevokedBy, found?.RevokedAt, found?.RevokedBy), Is.EqualTo((Now, "bob@here", Now, "bob@here")));
        Assert.That(await keys.RevokeAsync("a9", Now, "bob@here", default), Is.Null);
    }

    protected static ApiKey Given(string id, string name) => new()
    {
        Id = id, Name = name, Digest = new string('d', 64), From = ["10.0.0.0/8"], CreatedAt = Now, CreatedBy = "ann@here", ExpiresAt = Now.AddDays(90),
        Grants = ImmutableSortedDictionary<string, ImmutableArray<Right>>.Empty.Add("contoso", [Right.Read, Right.SmsSignIn]).Add("fabrikam", [Right.Audit]),
    };
}

public sealed class SqliteApiKeysTests : ApiKeysContract
{
    private readonly Scratch _scratch = new();
    private SqliteRunStore? _store;

    [TearDown]
    public async Task Remove()
    {
        if (_store is not null) await _store.DisposeAsync();
        _scratch.Dispose();
    }

    [Test]
    public async Task Another_process_s_revocation_counts_with_the_next_look()
    {
        IApiKeys keys = await MakeAsync();
        await keys.AddAsync(Given("a1", "one"), Now, default);
        await keys.FindAsync("a1", default);
        await using (SqliteRunStore other = await SqliteRunStore.OpenAsync(_scratch.Path, TimeProvider.System)) await other.ApiKeys.RevokeAsync("a1",
            Now, "bob@here", default);
        Assert.That((await keys.FindAsync("a1", default))?.RevokedAt, Is.EqualTo(Now));
    }

    [Test]
    public async Task The_files_hold_neither_name_nor_digest()
    {
        IApiKeys keys = await MakeAsync();
        await keys.AddAsync(Given("a1", "marker-name"), Now, default);
        foreach (string file in Directory.GetFiles(_scratch.Directory).Where(f => !f.EndsWith(".key", StringComparison.Ordinal)))
        {
            await using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using MemoryStream content = new();
            await stream.CopyToAsync(content);
            string text = Encoding.Latin1.GetString(content.ToArray());
            Assert.That(text, Does.Not.Contain("marker-name").And.Not.Contain(new string('d', 64)), Path.GetFileName(file));
        }
    }

    [Test]
    public async Task Keys_can_be_read_after_the_encryption_key_was_changed()
    {
        IApiKeys keys = await MakeAsync();
        await keys.AddAsync(Given("a1", "one"), Now, default);
        if (_store is not null) await _store.RekeyAsync(default);
        Assert.That((await keys.FindAsync("a1", default))?.Name, Is.EqualTo("one"));
    }

    protected override async Task<IApiKeys> MakeAsync() => (_store = await SqliteRunStore.OpenAsync(_scratch.Fresh(), TimeProvider.System)).ApiKeys;
}

public sealed class PostgresApiKeysTests : ApiKeysContract
{
    private PostgresScratch? _scratch;
    private PostgresRunStore? _store;

    [TearDown]
    public async Task Remove()
    {
        if (_store is not null) await _store.DisposeAsync();
        _scratch?.Dispose();
    }

    protected override async Task<IApiKeys> MakeAsync() => (_store = await (_scratch = PostgresScratch.Make()).OpenAsync()).ApiKeys;
}

public sealed class MemoryApiKeysTests : ApiKeysContract
{
    protected override Task<IApiKeys> MakeAsync() => Task.FromResult<IApiKeys>(new MemoryApiKeys());
}
