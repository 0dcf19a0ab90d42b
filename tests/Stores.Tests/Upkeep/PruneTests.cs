using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Runs;
using ProvisioningConnector.Stores.Tests.Postgres;
using ProvisioningConnector.Stores.Tests.Samples;
using ProvisioningConnector.Stores.Tests.Sqlite;
using ProvisioningConnector.Stores.Upkeep;
using static ProvisioningConnector.Stores.Tests.Samples.Sample;

namespace ProvisioningConnector.Stores.Tests.Upkeep;

/// <summary>Old runs are forgotten, and only those.</summary>
public abstract class PruneTests
{
    private DatabaseRunStore _store = null!;

    protected abstract Task<DatabaseRunStore> OpenAsync();

    [SetUp]
    public async Task Open() => _store = await OpenAsync();

    [TearDown]
    public async Task Close()
    {
        if (_store is not null) await _store.DisposeAsync();
    }

    [Test]
    public async Task Runs_that_ended_earlier_go_with_users_and_operations_and_later_ones_stay()
    {
        await RunAsync("old", Noon, RunOutcome.Succeeded, "a", "b");
        await RunAsync("interrupted", Noon, RunOutcome.Interrupted, "a");
        await RunAsync("new", Noon.AddDays(2), RunOutcome.Succeeded, "a");
        Assert.That(await _store.PruneAsync(Noon.AddDays(1), default), Is.EqualTo(new Pruned(2, 3, 3)));
        Assert.That(await IdsAsync(), Is.EqualTo(new[] { "new" }));
        Assert.That(await _store.CountRunsAsync(default), Is.EqualTo(new KeptRuns(1, 0)));
        Assert.That(await _store.UsersAsync("new", default).ListAsync(), Has.Length.EqualTo(1));
        Assert.That(await _store.UsersAsync("old", default).ListAsync(), Is.Empty);
        Assert.That(await _store.PruneAsync(Noon.AddDays(1), default), Is.EqualTo(new Pruned(0, 0, 0)));
    }

    [Test]
    public async Task Of_a_tenants_newest_finished_run_the_head_stays_until_there_is_a_newer_one()
    {
        await RunAsync("first", Noon, RunOutcome.Succeeded, "a");
        await RunAsync("second", Noon.AddHours(1), RunOutcome.Partial, "a", "b");
        await RunAsync("third", Noon.AddHours(2), RunOutcome.Interrupted, "a");
        Assert.That(await _store.PruneAsync(Noon.AddDays(1), default), Is.EqualTo(new Pruned(3, 4, 4)));
        Assert.That(await IdsAsync(), Is.EqualTo(new[] { "second" }));
        Assert.That(await _store.CountRunsAsync(default), Is.EqualTo(new KeptRuns(0, 1)));
        Assert.That(await _store.HasFinishedRunAsync("0000", default), Is.True);
        RunHeader? head = await _store.FindRunAsync("second", default);
        Assert.That(head?.Diagnostics.Select(d => d.Code), Is.EqualTo(new[] { "pruned" }));
        Assert.That(head?.Resumable, Is.False);
        Assert.That(await _store.UsersAsync("second", default).ListAsync(), Is.Empty);
        await RunAsync("fourth", Noon.AddDays(3), RunOutcome.Succeeded);
        Assert.That(await _store.PruneAsync(Noon.AddDays(1), default), Is.EqualTo(new Pruned(1, 0, 0)));
        Assert.That(await IdsAsync(), Is.EqualTo(new[] { "fourth" }));
    }

    [Test]
    public async Task Users_of_one_run_are_forgotten_and_its_head_stays()
    {
        await RunAsync("step", Noon, RunOutcome.Succeeded, "a", "b");
        await RunAsync("other", Noon.AddHours(1), RunOutcome.Succeeded, "a");

        await _store.ForgetUsersAsync("step", default);
        await _store.ForgetUsersAsync("unknown", default);

        Assert.That(await _store.UsersAsync("step", default).ListAsync(), Is.Empty);
        Assert.That(await _store.UsersAsync("other", default).ListAsync(), Has.Length.EqualTo(1));
        Assert.That((await _store.FindRunAsync("step", default))?.Diagnostics.Select(d => d.Code), Is.EqualTo(new[] { "pruned" }));
        Assert.That(await _store.CountRunsAsync(default), Is.EqualTo(new KeptRuns(1, 1)));
    }

    [Test]
    public async Task Changes_of_single_users_are_forgotten_whole_and_hold_up_no_one()
    {
        await RunAsync("run", Noon, RunOutcome.Succeeded, "a");
        for (int i = 0; i < 3; i++)
        {
            RunHeader head = Run("single" + i, Noon.AddHours(i)) with { Kind = RunKind.OneUser, Outcome = RunOutcome.Succeeded, EndedAt = Noon.AddDays(i) };
            await _store.BeginAsync(head, Stream(Planned(0, "a")), default);
        }

        Assert.That(await _store.PruneAsync(Noon.AddDays(1).AddHours(1), default), Is.EqualTo(new Pruned(3, 3, 1)));
        Assert.That(await IdsAsync(), Is.EqualTo(new[] { "run" }), "the newest run's head stays, whatever single changes came after it");
        Assert.That((await _store.SinglesAsync(false, default).ListAsync()).Select(r => r.RunId), Is.EqualTo(new[] { "single2" }));
    }

    [Test]
    public async Task A_run_that_may_still_be_going_on_stays()
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        await _store.BeginAsync(Run("long", now.AddDays(-5)), Stream(Planned(0, "a")), default);
        await _store.IntentAsync("long", "a", 0, Add(), now.AddHours(-1), default);
        await _store.BeginAsync(Run("fresh", now.AddMinutes(-1)), Stream(Planned(0, "a")), default);
        await _store.BeginAsync(Run("dead", now.AddDays(-5)), Stream(Planned(0, "a")), default);
        Assert.That(await _store.PruneAsync(now.AddHours(1), default), Is.EqualTo(new Pruned(1, 1, 0)));
        Assert.That(await IdsAsync(), Is.EqualTo(new[] { "fresh", "long" }));
    }

    [Test]
    public async Task Many_users_go_in_steps_and_claims_and_notes_stay()
    {
        await _store.BeginAsync(Run("old"), Stream([.. Enumerable.Range(0, 4_500).Select(i => Planned(i, "u" + i))]), default);
        await _store.UpdateAsync(Run("old") with { Outcome = RunOutcome.Failed, EndedAt = Noon }, default);
        await _store.ClaimPlanAsync("p", "old", Noon, default);
        await _store.WriteNoteAsync("rates", "5", default);
        int before = _store.Commits;
        Assert.That(await _store.PruneAsync(Noon.AddDays(1), default), Is.EqualTo(new Pruned(1, 4_500, 0)));
        Assert.That(_store.Commits - before, Is.GreaterThan(4));
        Assert.That(await _store.ClaimPlanAsync("p", "r2", Noon, default), Is.False);
        Assert.That(await _store.ReadNoteAsync("rates", default), Is.EqualTo("5"));
    }

    protected DatabaseRunStore Store => _store;

    private async Task<string[]> IdsAsync() => [.. (await _store.RunsAsync(default).ListAsync()).Select(run => run.RunId)];

    private async Task RunAsync(string id, DateTimeOffset at, RunOutcome outcome, params string[] uids)
    {
        await _store.BeginAsync(Run(id, at), Stream([.. uids.Select((uid, ordinal) => Planned(ordinal, uid))]), default);
        foreach (string uid in uids) await _store.IntentAsync(id, uid, 0, Add(), at, default);
        await _store.UpdateAsync(Run(id, at) with { Outcome = outcome, EndedAt = at.AddMinutes(5) }, default);
    }
}

public sealed class SqlitePruneTests : PruneTests
{
    private readonly Scratch _scratch = new();

    [TearDown]
    public void Remove() => _scratch.Dispose();

    [Test]
    public async Task The_file_becomes_smaller()
    {
        await Store.BeginAsync(Run("old"), Stream([.. Enumerable.Range(0, 3_000).Select(i => Planned(i, "u" + i))]), default);
        await Store.UpdateAsync(Run("old") with { Outcome = RunOutcome.Failed, EndedAt = Noon }, default);
        await Store.WriteNoteAsync("x", "y", default);
        await Store.PruneAsync(Noon, default);
        long full = new FileInfo(_scratch.Path).Length;
        await Store.PruneAsync(Noon.AddDays(1), default);
        Assert.That(new FileInfo(_scratch.Path).Length, Is.LessThan(full / 4));
    }

    protected override async Task<DatabaseRunStore> OpenAsync() => await SqliteRunStore.OpenAsync(_scratch.Path, TimeProvider.System);
}

public sealed class PostgresPruneTests : PruneTests
{
    private PostgresScratch _scratch = null!;

    [TearDown]
    public void Remove() => _scratch?.Dispose();

    protected override async Task<DatabaseRunStore> OpenAsync() => await (_scratch = PostgresScratch.Make()).OpenAsync();
}
