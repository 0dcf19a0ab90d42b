using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Tests.Postgres;
using ProvisioningConnector.Stores.Tests.Samples;
using ProvisioningConnector.Stores.Tests.Sqlite;

namespace ProvisioningConnector.Stores.Tests.Contract;

/// <summary>What every memory of analyses keeps to: whole or not at all, sealed, and not for ever.</summary>
public abstract class AnalysesContract
{
    private const int Users = 1_001;

    private protected Clock Time { get; } = new();

    [Test]
    public async Task An_analysis_comes_back_with_everybody_in_it_in_order()
    {
        await using DatabaseRunStore store = await OpenAsync();
        PlannedUser[] users = [.. Enumerable.Range(0, Users).Select(n => Sample.Planned(n, $"uid-{n}"))];
        Analysis analysis = new("a1", """{"state":"x"}""", Sample.Run("r1").Plan);
        await store.Analyses.KeepAsync(analysis, Sample.Stream(users), Kept(), default);

        await using DatabaseRunStore later = await OpenAsync();
        Assert.That(Deep.Text(await later.Analyses.FindAsync("a1", default)), Is.EqualTo(Deep.Text(analysis)));
        Assert.That((await later.Analyses.UsersAsync("a1", default).ListAsync()).Select(Deep.Text), Is.EqualTo(users.Select(Deep.Text)));
        await store.RekeyAsync(default);
        Assert.That(await later.Analyses.UsersAsync("a1", default).CountAsync(), Is.EqualTo(Users), "with a new key");
        Assert.That(await later.Analyses.FindAsync("a2", default), Is.Null);
    }

    [Test]
    public async Task Only_the_newest_are_kept_and_of_them_the_newest_with_their_users()
    {
        await using DatabaseRunStore store = await OpenAsync();
        for (int n = 1; n <= 5; n++)
        {
            await store.Analyses.KeepAsync(new Analysis($"a{n}", "{}", Sample.Run("r").Plan), Sample.Stream(Sample.Planned(0, "u")), Kept(3, 2), default);
            Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.That((await store.Analyses.AllAsync(default).ListAsync()).Select(a => a.Id), Is.EqualTo(new[] { "a5", "a4", "a3" }));
        int[] users = [await CountAsync("a5"), await CountAsync("a4"), await CountAsync("a3")];
        Assert.That(users, Is.EqualTo(new[] { 1, 1, 0 }));

        async Task<int> CountAsync(string id) => await store.Analyses.UsersAsync(id, default).CountAsync();
    }

    [Test]
    public async Task What_is_over_is_not_shown_and_forgotten()
    {
        await using DatabaseRunStore store = await OpenAsync();
        await store.Analyses.KeepAsync(new Analysis("a1", "{}", null), Sample.Stream(Sample.Planned(0, "u")), Kept(), default);
        Time.Advance(TimeSpan.FromDays(7));

        Assert.That(await store.Analyses.FindAsync("a1", default), Is.Null);
        await store.PruneAsync(Time.GetUtcNow(), default);
        Assert.That(await store.Analyses.UsersAsync("a1", default).CountAsync(), Is.Zero);
    }

    [Test]
    public async Task One_that_is_not_whole_is_not_shown_and_the_next_forgets_it()
    {
        await using DatabaseRunStore store = await OpenAsync();
        Assert.That(async () => await store.Analyses.KeepAsync(new Analysis("a1", "{}", null), Broken(), Kept(), default), Throws.InvalidOperationException);
        Assert.That(await store.Analyses.FindAsync("a1", default), Is.Null);
        Time.Advance(TimeSpan.FromDays(2));
        await store.Analyses.KeepAsync(new Analysis("a2", "{}", null), Sample.Stream<PlannedUser>(), Kept(), default);

        Assert.That(await store.Analyses.UsersAsync("a1", default).CountAsync(), Is.Zero);
        await store.Analyses.ForgetAsync("a2", default);
        Assert.That(await store.Analyses.FindAsync("a2", default), Is.Null);

        static async IAsyncEnumerable<PlannedUser> Broken()
        {
            for (int n = 0; n < 600; n++) yield return Sample.Planned(n, "u");
            await Task.CompletedTask;
            throw new InvalidOperationException("gone");
        }
    }

    protected abstract Task<DatabaseRunStore> OpenAsync();

    /// <summary>A clock that stands still until it is advanced.</summary>
    private protected sealed class Clock : TimeProvider
    {
        private DateTimeOffset _now = Sample.Noon;

        public void Advance(TimeSpan by) => _now += by;

        public override DateTimeOffset GetUtcNow() => _now;
    }

    private AnalysisRetention Kept(int most = 100, int plans = 20) => new(Time.GetUtcNow() + TimeSpan.FromDays(7), most, plans);
}

public sealed class SqliteAnalysesTests : AnalysesContract
{
    private readonly Scratch _scratch = new();

    [SetUp]
    public void Clean() => _path = _scratch.Fresh();

    private string _path = "";

    [OneTimeTearDown]
    public void Remove() => _scratch.Dispose();

    protected override async Task<DatabaseRunStore> OpenAsync() => await SqliteRunStore.OpenAsync(_path, Time);
}

public sealed class PostgresAnalysesTests : AnalysesContract
{
    private PostgresScratch? _scratch;

    [TearDown]
    public void Remove()
    {
        _scratch?.Dispose();
        _scratch = null;
    }

    protected override async Task<DatabaseRunStore> OpenAsync() => await (_scratch ??= PostgresScratch.Make()).OpenAsync(time: Time);
}
