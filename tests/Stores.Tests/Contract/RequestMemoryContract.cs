using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Tests.Postgres;
using ProvisioningConnector.Stores.Tests.Samples;
using ProvisioningConnector.Stores.Tests.Sqlite;

namespace ProvisioningConnector.Stores.Tests.Contract;

/// <summary>What every memory of named requests keeps to.</summary>
public abstract class RequestMemoryContract
{
    protected static DateTimeOffset Now => Sample.Noon;

    protected static KnownRequest Given { get; } = new("name", "content", Now.AddHours(1));

    protected abstract Task<IRequestMemory> MakeAsync();

    [Test]
    public async Task A_request_is_new_once_and_then_known_with_its_answer()
    {
        IRequestMemory memory = await MakeAsync();
        KnownRequest answered = Given with
        {
            Until = Now.AddDays(1),
            Answer = new KnownAnswer(200, """{"number":"+1 2065550100"}""", "tag", ReturnedSecret: false)
        };

        Assert.That(await memory.BeginAsync(Given, Now, default), Is.Null);
        Assert.That(await memory.BeginAsync(Given with { Content = "other" }, Now, default), Is.EqualTo(Given), "still worked on");
        await memory.EndAsync(answered, default);
        Assert.That(await memory.BeginAsync(Given, Now.AddHours(2), default), Is.EqualTo(answered), "its time was prolonged");
        Assert.That(await memory.BeginAsync(Given with { Name = "second" }, Now, default), Is.Null);
    }

    [Test]
    public async Task What_is_over_or_came_to_nothing_is_new_again()
    {
        IRequestMemory memory = await MakeAsync();
        await memory.BeginAsync(Given, Now, default);
        Assert.That(await memory.BeginAsync(Given with { Until = Now.AddHours(9) }, Given.Until, default), Is.Null, "over");
        await memory.ForgetAsync(Given.Name, default);
        Assert.That(await memory.BeginAsync(Given, Now, default), Is.Null, "forgotten");
    }

    [Test]
    public async Task Of_many_who_begin_at_once_one_is_first()
    {
        IRequestMemory memory = await MakeAsync();
        KnownRequest?[] answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => memory.BeginAsync(Given, Now, default).AsTask()));
        Assert.That(answers.Count(a => a is null), Is.EqualTo(1));
    }
}

public sealed class SqliteRequestMemoryTests : RequestMemoryContract
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
    public async Task Answers_can_be_read_after_the_encryption_key_was_changed_and_by_another_process()
    {
        IRequestMemory memory = await MakeAsync();
        await memory.BeginAsync(Given, Now, default);
        if (_store is not null) await _store.RekeyAsync(default);
        await using SqliteRunStore other = await SqliteRunStore.OpenAsync(_scratch.Path, TimeProvider.System);
        Assert.That(await other.RequestKeys.BeginAsync(Given, Now, default), Is.EqualTo(Given));
    }

    protected override async Task<IRequestMemory> MakeAsync() => (_store = await SqliteRunStore.OpenAsync(_scratch.Fresh(), TimeProvider.System)).RequestKeys;
}

public sealed class PostgresRequestMemoryTests : RequestMemoryContract
{
    private PostgresScratch? _scratch;
    private PostgresRunStore? _store;

    [TearDown]
    public async Task Remove()
    {
        if (_store is not null) await _store.DisposeAsync();
        _scratch?.Dispose();
    }

    protected override async Task<IRequestMemory> MakeAsync() => (_store = await (_scratch = PostgresScratch.Make()).OpenAsync()).RequestKeys;
}
