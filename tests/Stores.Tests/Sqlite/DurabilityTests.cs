using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Tests.Samples;
using static ProvisioningConnector.Stores.Tests.Samples.Sample;

namespace ProvisioningConnector.Stores.Tests.Sqlite;

/// <summary>What was awaited is on the disk, whatever happens to the process.</summary>
public sealed class DurabilityTests
{
    private readonly Scratch _scratch = new();

    [TearDown]
    public void Remove() => _scratch.Dispose();

    [Test]
    public async Task What_was_awaited_is_there_when_the_process_dies()
    {
        await using SqliteRunStore store = await OpenAsync(_scratch.Path);
        await store.BeginAsync(Run("r1"), Stream(Planned(0, "a"), Planned(1, "b")), default);
        await store.IntentAsync("r1", "a", 0, Add(), Noon, default);
        await store.OutcomeAsync("r1", "a", 0, Result(), default);
        await store.UserAsync("r1", "a", Done(), default);
        await store.IntentAsync("r1", "b", 0, Add(), Noon, default);
        await store.ClaimPlanAsync("p", "r1", Noon, default);

        await using SqliteRunStore after = await OpenAsync(Killed());
        ImmutableArray<RunUser> users = await after.UsersAsync("r1", default).ListAsync();
        Assert.That(users.Select(u => u.Result?.Outcome), Is.EqualTo(new UserOutcome?[] { UserOutcome.Done, null }));
        Assert.That(await after.OpenIntentsAsync("r1", "a", default), Is.Empty);
        Assert.That(await after.OpenIntentsAsync("r1", "b", default), Is.EqualTo(new[] { 0 }));
        Assert.That(await after.ClaimPlanAsync("p", "r1", Noon, default), Is.False);
    }

    [Test]
    public async Task A_run_that_was_not_completely_written_when_the_process_died_is_not_there()
    {
        await using SqliteRunStore store = await OpenAsync(_scratch.Path);
        string copy = "";
        async IAsyncEnumerable<PlannedUser> Users()
        {
            for (int i = 0; i < 1_200; i++) yield return Planned(i, "u" + i);
            copy = Killed();
            await Task.Yield();
        }

        await store.BeginAsync(Run("r1"), Users(), default);
        await using SqliteRunStore after = await OpenAsync(copy);
        Assert.That(await after.RunsAsync(default).ListAsync(), Is.Empty);
        Assert.That(await after.UsersAsync("r1", default).ListAsync(), Is.Empty);
        await after.BeginAsync(Run("r1"), Stream(Planned(0, "a")), default);
        Assert.That(await after.UsersAsync("r1", default).ListAsync(), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Intents_that_wait_at_the_same_time_share_a_commit()
    {
        await using SqliteRunStore store = await OpenAsync(_scratch.Path);
        await store.BeginAsync(Run("r1"), Stream(Planned(0, "a")), default);
        int before = store.Commits;
        Task[] intents;
        using (SqliteConnection other = Connect())
        {
            other.Run("BEGIN IMMEDIATE");
            intents = [.. Enumerable.Range(0, 100).Select(i => store.IntentAsync("r1", "a", i, Add(), Noon, default).AsTask())];
        }

        await Task.WhenAll(intents);
        Assert.That(store.Commits - before, Is.LessThanOrEqualTo(2));
        Assert.That(await store.OpenIntentsAsync("r1", "a", default), Has.Length.EqualTo(100));
    }

    [Test]
    public async Task An_outcome_costs_no_commit_of_its_own_and_is_there_after_closing()
    {
        await using (SqliteRunStore store = await OpenAsync(_scratch.Path))
        {
            await store.BeginAsync(Run("r1"), Stream(Planned(0, "a")), default);
            await store.IntentAsync("r1", "a", 0, Add(), Noon, default);
            int before = store.Commits;
            await store.OutcomeAsync("r1", "a", 0, Result(), default);
            await store.IntentAsync("r1", "a", 1, Add(), Noon, default);
            Assert.That(store.Commits - before, Is.EqualTo(1));
            await store.OutcomeAsync("r1", "a", 1, Result(), default);
        }

        await using SqliteRunStore after = await OpenAsync(_scratch.Path);
        Assert.That(await after.OpenIntentsAsync("r1", "a", default), Is.Empty);
    }

    [Test]
    public async Task A_full_disk_is_reported_and_what_was_there_stays()
    {
        await using (SqliteRunStore store = await OpenAsync(_scratch.Path)) await store.WriteNoteAsync("a", "before", default);
        await using (SqliteRunStore store = await OpenAsync(_scratch.Path, new() { MaxPages = 20 }))
        {
            Assert.That(async () => await store.WriteNoteAsync("a", new string('x', 1_000_000), default), ThrowsProblem(StoreProblem.Full));
            Assert.That(await store.ReadNoteAsync("a", default), Is.EqualTo("before"));
            await store.WriteNoteAsync("a", "after", default);
            Assert.That(await store.ReadNoteAsync("a", default), Is.EqualTo("after"));
        }
    }

    [Test]
    public async Task Outcomes_that_could_not_be_written_are_reported_at_the_end()
    {
        await using (SqliteRunStore store = await OpenAsync(_scratch.Path))
        {
            await store.BeginAsync(Run("r1"), Stream(Planned(0, "a")), default);
            await store.IntentAsync("r1", "a", 0, Add(), Noon, default);
        }

        SqliteRunStore full = await OpenAsync(_scratch.Path, new() { MaxPages = 20 });
        OperationResult large = Result() with { Error = new OperationError("x", new string('x', 1_000_000)) };
        await full.OutcomeAsync("r1", "a", 0, large, default);
        Assert.That(async () => await full.OpenIntentsAsync("r1", "a", default), ThrowsProblem(StoreProblem.Full));
        Assert.That(async () => await full.DisposeAsync(), ThrowsProblem(StoreProblem.Full));
        await using SqliteRunStore after = await OpenAsync(_scratch.Path);
        Assert.That(await after.OpenIntentsAsync("r1", "a", default), Is.EqualTo(new[] { 0 }));
    }

    [Test]
    public async Task An_outcome_that_failed_to_be_written_is_written_with_the_next_commit_that_succeeds()
    {
        await using SqliteRunStore store = await OpenAsync(_scratch.Path, new() { LockTimeout = TimeSpan.FromSeconds(1) });
        await store.BeginAsync(Run("r1"), Stream(Planned(0, "a")), default);
        await store.IntentAsync("r1", "a", 0, Add(), Noon, default);
        using (SqliteConnection other = Connect())
        {
            other.Run("BEGIN IMMEDIATE");
            await store.OutcomeAsync("r1", "a", 0, Result(), default);
            Assert.That(async () => await store.UserAsync("r1", "a", Done(), default), ThrowsProblem(StoreProblem.Locked));
        }

        Assert.That(await store.OpenIntentsAsync("r1", "a", default), Is.Empty);
    }

    [Test]
    public async Task An_outcome_of_no_run_is_a_mistake_that_is_not_lost()
    {
        SqliteRunStore store = await OpenAsync(_scratch.Path);
        await store.OutcomeAsync("r1", "a", 0, Result(), default);
        await store.WriteNoteAsync("a", "b", default);
        Assert.That(async () => await store.WriteNoteAsync("a", "b", default), Throws.InvalidOperationException);
        Assert.That(async () => await store.DisposeAsync(), Throws.InvalidOperationException);
    }

    [Test]
    public async Task Two_processes_may_have_it_open()
    {
        await using SqliteRunStore one = await OpenAsync(_scratch.Path);
        await using SqliteRunStore two = await OpenAsync(_scratch.Path);
        await one.BeginAsync(Run("r1"), Stream(Planned(0, "a")), default);
        await Task.WhenAll(Enumerable.Range(0,
            40).Select(i => Task.Run(async () => await (i % 2 == 0 ? one : two).IntentAsync("r1", "a", i, Add(), Noon, default))));
        Assert.That(await one.OpenIntentsAsync("r1", "a", default), Has.Length.EqualTo(40));
        bool[] claims = await Task.WhenAll(one.ClaimPlanAsync("p", "r1", Noon, default).AsTask(), two.ClaimPlanAsync("p", "r2", Noon, default).AsTask());
        Assert.That(claims.Count(claim => claim), Is.EqualTo(1));
        ReadOnlyMemory<byte>[] keys = await Task.WhenAll(one.KeyAsync("k", default).AsTask(), two.KeyAsync("k", default).AsTask());
        Assert.That(keys[0].ToArray(), Is.EqualTo(keys[1].ToArray()));
    }

    private static NUnit.Framework.Constraints.EqualConstraint<StoreProblem> ThrowsProblem(StoreProblem problem) =>
        Throws.InstanceOf<StoreException>().With.Property(nameof(StoreException.Problem)).EqualTo(problem);

    private static ValueTask<SqliteRunStore> OpenAsync(string path, RunStoreOptions? options = null) =>
        SqliteRunStore.OpenAsync(path, TimeProvider.System, options);

    private SqliteConnection Connect()
    {
        SqliteConnection connection = new($"Data Source={_scratch.Path};Pooling=False");
        connection.Open();
        return connection;
    }

    /// <summary>What a killed process leaves behind: the files as they are now, without the memory they share.</summary>
    private string Killed()
    {
        string copy = _scratch.PathOf("killed.db");
        File.Copy(_scratch.Path, copy, overwrite: true);
        File.Copy(_scratch.Path + "-wal", copy + "-wal", overwrite: true);
        File.Copy(_scratch.Path + ".key", copy + ".key", overwrite: true);
        return copy;
    }
}
