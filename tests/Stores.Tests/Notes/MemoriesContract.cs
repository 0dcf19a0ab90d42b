using System.Collections.Immutable;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Notes;
using ProvisioningConnector.Stores.Tests.Sqlite;
using ProvisioningConnector.TestKit.Stores;

namespace ProvisioningConnector.Stores.Tests.Notes;

/// <summary>What the small memories keep to, wherever they lie.</summary>
public abstract class MemoriesContract
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 2, 3, 4, TimeSpan.Zero);

    /// <summary>Each call gives the memories as a later process finds them.</summary>
    protected abstract Task<(ISourceMemory Sources, IQuarantines Quarantines, IRetryMemory Retries, IAsyncDisposable Owner)> OpenAsync();

    [Test]
    public async Task The_last_accepted_source_of_a_name_comes_back_for_its_tenant_and_kind_only()
    {
        SourceCensus census = new()
        {
            Rows = 9, Mobile = 8, Office = 1, NewestAsOf = At, FileDate = At.AddTicks(7),
            Countries = ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal).Add("+1", 9)
        };
        AcceptedSource accepted = new("r1", At, "aa", census);
        await DoAsync(m => m.Sources.AcceptAsync("T", "hr: people.csv", false, accepted with { RunId = "r0" }, default));
        await DoAsync(m => m.Sources.AcceptAsync("T", "hr: people.csv", false, accepted, default));
        (ISourceMemory Sources, IQuarantines Quarantines, IRetryMemory Retries, IAsyncDisposable Owner) memories = await OpenAsync();
        await using IAsyncDisposable owner = memories.Owner;
        Assert.That(await memories.Sources.FindAsync("t", "hr: people.csv", false, default), Is.EqualTo(accepted));
        Assert.That(await memories.Sources.FindAsync("T", "hr: people.csv", true, default), Is.Null);
        Assert.That(await memories.Sources.FindAsync("T", "people.csv", false, default), Is.Null);
        Assert.That(await memories.Sources.FindAsync("U", "hr: people.csv", false, default), Is.Null);
    }

    [Test]
    public async Task A_quarantine_stays_until_it_is_ended()
    {
        TenantQuarantine quarantine = new("T", At, "r1", TenantQuarantine.TooManyFailures, "why");
        await DoAsync(m => m.Quarantines.EndAsync("T", default));
        await DoAsync(m => m.Quarantines.BeginAsync(quarantine, default));
        await DoAsync(async m =>
        {
            Assert.That(await m.Quarantines.FindAsync("t", default), Is.EqualTo(quarantine));
            Assert.That(await m.Quarantines.FindAsync("U", default), Is.Null);
        });
        await DoAsync(m => m.Quarantines.EndAsync("t", default));
        await DoAsync(async m => Assert.That(await m.Quarantines.FindAsync("T", default), Is.Null));
    }

    [Test]
    public async Task Users_to_be_tried_again_are_found_until_they_are_forgotten()
    {
        ImmutableArray<RetryEntry> entries = [.. Enumerable.Range(0,
            500).Select(n => new RetryEntry($"user-{n}", RetryClass.Transient, n, At, At.AddHours(n),
                n % 2 == 0 ? At.AddDays(1) : null, "c") { Basis = $"b{n}" })];
        await DoAsync(m => m.Retries.SaveAsync("T", entries, default));
        await DoAsync(m => m.Retries.SaveAsync("T", [entries[3] with { Attempts = 99 }], default));
        await DoAsync(m => m.Retries.ForgetAsync("T", ["USER-4", "nobody"], default));
        await DoAsync(async m =>
        {
            ImmutableDictionary<string, RetryEntry> found = await m.Retries.FindAsync("t", [.. entries.Select(e => e.Uid.ToUpperInvariant()), "nobody"],
                default);
            Assert.That(found, Has.Count.EqualTo(499));
            Assert.That(found["user-3"].Attempts, Is.EqualTo(99));
            Assert.That(found["user-7"], Is.EqualTo(entries[7]));
            Assert.That(found.ContainsKey("user-4"), Is.False);
            Assert.That(await m.Retries.FindAsync("U", ["user-3"], default), Is.Empty);
        });
    }

    [Test]
    public async Task Runs_and_changes_that_write_at_the_same_time_lose_nothing_of_each_other()
    {
        (ISourceMemory Sources, IQuarantines Quarantines, IRetryMemory Retries, IAsyncDisposable Owner) run = await OpenAsync();
        (ISourceMemory Sources, IQuarantines Quarantines, IRetryMemory Retries, IAsyncDisposable Owner) service = await OpenAsync();
        await using IAsyncDisposable first = run.Owner;
        await using IAsyncDisposable second = service.Owner;
        ImmutableArray<string> uids = [.. Enumerable.Range(0, 200).Select(n => $"user-{n}")];
        await service.Retries.FindAsync("T", uids, default);

        await Task.WhenAll(uids.Select((uid, n) => Task.Run(async () =>
        {
            IRetryMemory writer = n % 2 == 0 ? run.Retries : service.Retries;
            await writer.SaveAsync("T", [new RetryEntry(uid, RetryClass.Transient, 1, At, At.AddHours(1), null, "c")], default);
            await writer.FindAsync("T", uids, default);
        })));

        await DoAsync(async later => Assert.That(await later.Retries.FindAsync("T", uids, default), Has.Count.EqualTo(200)));
    }

    private async Task DoAsync(Func<(ISourceMemory Sources, IQuarantines Quarantines, IRetryMemory Retries, IAsyncDisposable Owner), ValueTask> work)
    {
        (ISourceMemory Sources, IQuarantines Quarantines, IRetryMemory Retries, IAsyncDisposable Owner) memories = await OpenAsync();
        await using IAsyncDisposable owner = memories.Owner;
        await work(memories);
    }
}

public sealed class SqliteMemoriesTests : MemoriesContract
{
    private readonly Scratch _scratch = new();
    private string? _path;

    [SetUp]
    public void Fresh() => _path = _scratch.Fresh();

    [TearDown]
    public void Remove() => _scratch.Dispose();

    protected override async Task<(ISourceMemory, IQuarantines, IRetryMemory, IAsyncDisposable)> OpenAsync()
    {
        SqliteRunStore store = await SqliteRunStore.OpenAsync(_path!, TimeProvider.System);
        return (new NotedSources(store), new NotedQuarantines(store), new NotedRetries(store, TimeProvider.System), store);
    }
}

public sealed class MemoryMemoriesTests : MemoriesContract
{
    private MemorySources _sources = new();
    private MemoryQuarantines _quarantines = new();
    private MemoryRetries _retries = new();

    [SetUp]
    public void Fresh() => (_sources, _quarantines, _retries) = (new(), new(), new());

    protected override Task<(ISourceMemory, IQuarantines, IRetryMemory, IAsyncDisposable)> OpenAsync() =>
        Task.FromResult<(ISourceMemory, IQuarantines, IRetryMemory, IAsyncDisposable)>((_sources, _quarantines, _retries, new MemoryRunStore()));
}
