using System.Collections.Immutable;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Tests.Samples;
using static ProvisioningConnector.Stores.Tests.Samples.Sample;

namespace ProvisioningConnector.Stores.Tests.Contract;

/// <summary>What every run store keeps to.</summary>
public abstract partial class RunStoreContract
{
    private IRunStore _store = null!;

    [SetUp]
    public async Task Open() => _store = await MakeAsync();

    [TearDown]
    public async Task Close()
    {
        if (_store is not null) await _store.DisposeAsync();
    }

    protected abstract Task<IRunStore> MakeAsync();

    /// <summary>The same store as a later process finds it, after <paramref name="store"/> was closed.</summary>
    protected abstract Task<IRunStore> LaterAsync(IRunStore store);

    [Test]
    public async Task A_run_comes_back_as_begun_with_its_users_in_source_order()
    {
        RunHeader head = Run("r1");
        PlannedUser[] users = [Planned(5, "e"), Planned(long.MaxValue, "z", Situation.NotFound), Planned(0, "a") with { User = null }];
        await _store.BeginAsync(head, Stream(users), default);
        await ReopenAsync();
        ImmutableArray<RunUser> back = await _store.UsersAsync("r1", default).ListAsync();
        Assert.Multiple(async () =>
        {
            Assert.That(Deep.Text(await _store.FindRunAsync("r1", default)), Is.EqualTo(Deep.Text(head)));
            Assert.That(back.Select(u => Deep.Text(u.Planned)), Is.EqualTo(users.OrderBy(u => u.Row.Ordinal).Select(Deep.Text)));
            Assert.That(back.Select(u => u.Result), Is.All.Null);
        });
    }

    [Test]
    public async Task Changes_of_single_users_are_listed_for_themselves()
    {
        await _store.BeginAsync(Run("r1"), Stream(Planned(0, "a")), default);
        await _store.BeginAsync(Run("s1", Noon.AddMinutes(1)) with { Kind = RunKind.OneUser }, Stream(Planned(0, "a")), default);
        await _store.BeginAsync(Run("s2", Noon.AddMinutes(2)) with { Kind = RunKind.OneUser, Outcome = RunOutcome.Succeeded },
            Stream(Planned(0, "b")), default);
        Assert.That((await _store.RunsAsync(default).ListAsync()).Select(r => r.RunId), Is.EqualTo(new[] { "r1" }));
        Assert.That((await _store.SinglesAsync(false, default).ListAsync()).Select(r => (r.RunId, r.Kind)),
            Is.EqualTo(new[] { ("s2", RunKind.OneUser), ("s1", RunKind.OneUser) }));
        Assert.That((await _store.SinglesAsync(true, default).ListAsync()).Select(r => r.RunId), Is.EqualTo(new[] { "s1" }));
        Assert.That((await _store.FindRunAsync("s1", default))?.Kind, Is.EqualTo(RunKind.OneUser));
        Assert.That((await _store.UsersAsync("s1", default).ListAsync()).Length, Is.EqualTo(1));
    }

    [Test]
    public async Task Many_users_come_back_once_each()
    {
        await _store.BeginAsync(Run("r1"), Stream([.. Enumerable.Range(0, 1_501).Select(i => Planned(i, "u" + i))]), default);
        ImmutableArray<RunUser> back = await _store.UsersAsync("r1", default).ListAsync();
        Assert.That(back.Select(u => u.Planned.Row.Ordinal), Is.EqualTo(Enumerable.Range(0, 1_501)));
    }

    [Test]
    public async Task A_run_is_begun_once()
    {
        await BeginAsync("r1", "a");
        Assert.That(async () => await BeginAsync("r1", "b"), Throws.InvalidOperationException);
        Assert.That((await _store.UsersAsync("r1", default).ListAsync())[0].Planned.User?.Uid, Is.EqualTo("a"));
    }

    [Test]
    public async Task A_run_whose_beginning_failed_is_not_there_and_can_be_begun_again()
    {
        static async IAsyncEnumerable<PlannedUser> Broken()
        {
            for (int i = 0; i < 600; i++) yield return Planned(i, "u" + i);
            await Task.Yield();
            throw new IOException("no more");
        }

        Assert.That(async () => await _store.BeginAsync(Run("r1"), Broken(), default), Throws.InstanceOf<IOException>());
        Assert.That(await _store.RunsAsync(default).ListAsync(), Is.Empty);
        Assert.That(await _store.FindRunAsync("r1", default), Is.Null);
        await BeginAsync("r1", "a");
        Assert.That(await _store.UsersAsync("r1", default).ListAsync(), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Runs_come_newest_first()
    {
        await _store.BeginAsync(Run("old", Noon), Stream<PlannedUser>(), default);
        await _store.BeginAsync(Run("new", Noon.AddTicks(1)), Stream<PlannedUser>(), default);
        await _store.BeginAsync(Run("oldest", Noon.AddHours(1).ToOffset(TimeSpan.FromHours(1)).AddHours(-2)), Stream<PlannedUser>(), default);
        await _store.BeginAsync(Run("twin", Noon.AddTicks(1)), Stream<PlannedUser>(), default);
        Assert.That((await _store.RunsAsync(default).ListAsync()).Select(r => r.RunId), Is.EqualTo(new[] { "twin", "new", "old", "oldest" }));
    }

    [Test]
    public async Task A_head_is_replaced()
    {
        await BeginAsync("r1", "a");
        RunHeader ended = Run("r1") with
        {
            Outcome = RunOutcome.Partial,
            EndedAt = Noon.AddHours(2),
            ResumedAt = [Noon.AddHours(1)],
            Outcomes = new(Done: 3, Failed: 1)
        };
        await _store.UpdateAsync(ended, default);
        await ReopenAsync();
        Assert.That(Deep.Text(await _store.FindRunAsync("r1", default)), Is.EqualTo(Deep.Text(ended)));
    }

    [Test]
    public async Task A_tenant_has_a_finished_run_once_one_succeeded_or_ended_in_part([Values] RunOutcome outcome)
    {
        await BeginAsync("r1", "a");
        Assert.That(await _store.HasFinishedRunAsync("0000", default), Is.False);
        await _store.UpdateAsync(Run("r1") with { Outcome = outcome, EndedAt = Noon }, default);
        Assert.That(await _store.HasFinishedRunAsync("0000", default), Is.EqualTo(outcome is RunOutcome.Succeeded or RunOutcome.Partial));
        Assert.That(await _store.HasFinishedRunAsync("0001", default), Is.False);
    }

    [Test]
    public async Task An_unknown_run_is_none()
    {
        Assert.That(await _store.FindRunAsync("r1", default), Is.Null);
        Assert.That(await _store.UsersAsync("r1", default).ListAsync(), Is.Empty);
        Assert.That(await _store.OpenIntentsAsync("r1", "a", default), Is.Empty);
        Assert.That(async () => await _store.UpdateAsync(Run("r1"), default), Throws.InvalidOperationException);
        Assert.That(async () => await IntentAsync("r1", "a", 0), Throws.InvalidOperationException);
        Assert.That(async () => await _store.UserAsync("r1", "a", Done(), default), Throws.InvalidOperationException);
    }

    [Test]
    public async Task A_mistake_of_one_does_not_hurt_others()
    {
        await BeginAsync("r1", "a");
        Task wrong = IntentAsync("r2", "a", 0);
        Task right = IntentAsync("r1", "a", 0);
        Assert.That(async () => await wrong, Throws.InvalidOperationException);
        await right;
        Assert.That(await _store.OpenIntentsAsync("r1", "a", default), Is.EqualTo(new[] { 0 }));
    }

    [Test]
    public async Task A_user_without_a_result_comes_with_what_was_written_down()
    {
        await BeginAsync("r1", "a", "b");
        await IntentAsync("r1", "a", 0);
        await _store.OutcomeAsync("r1", "a", 0, Result(), default);
        await IntentAsync("r1", "a", 1);
        await IntentAsync("r1", "b", 0);
        await _store.OutcomeAsync("r1", "b", 0, Result(), default);
        await _store.UserAsync("r1", "b", Done(), default);
        await ReopenAsync();

        ImmutableArray<RunUser> users = await _store.UsersAsync("r1", default).ListAsync();

        Assert.That(users[0].Recorded.Keys, Is.EqualTo(new[] { 0 }));
        Assert.That(users[0].OpenIntents, Is.EqualTo(new[] { 1 }));
        Assert.That(users[1].Result, Is.Not.Null);
        Assert.That(users[1].OpenIntents, Is.Empty);
    }

    [Test]
    public async Task Intents_without_outcome_are_open()
    {
        await BeginAsync("r1", "a", "b");
        for (int i = 3; i >= 0; i--) await IntentAsync("r1", "a", i);
        await _store.OutcomeAsync("r1", "a", 1, Result(), default);
        await _store.OutcomeAsync("r1", "a", 2, Result(OperationOutcome.Unknown), default);
        Assert.That(await _store.OpenIntentsAsync("r1", "a", default), Is.EqualTo(new[] { 0, 3 }));
        Assert.That(await _store.OpenIntentsAsync("r1", "b", default), Is.Empty);
        await ReopenAsync();
        Assert.That(await _store.OpenIntentsAsync("r1", "a", default), Is.EqualTo(new[] { 0, 3 }));
    }

    [Test]
    public async Task An_operation_sent_once_more_is_open_until_it_has_an_outcome_again()
    {
        await BeginAsync("r1", "a");
        await IntentAsync("r1", "a", 0);
        await _store.OutcomeAsync("r1", "a", 0, Result(OperationOutcome.Unknown), default);
        await IntentAsync("r1", "a", 0);
        Assert.That(await _store.OpenIntentsAsync("r1", "a", default), Is.EqualTo(new[] { 0 }));
        await _store.OutcomeAsync("r1", "a", 0, Result(), default);
        Assert.That(await _store.OpenIntentsAsync("r1", "a", default), Is.Empty);
    }

    [Test]
    public async Task An_intent_that_a_crash_left_open_is_closed_by_the_outcome_of_the_next()
    {
        await BeginAsync("r1", "a");
        await IntentAsync("r1", "a", 0);
        await ReopenAsync();
        await IntentAsync("r1", "a", 0);
        await _store.OutcomeAsync("r1", "a", 0, Result(), default);
        Assert.That(await _store.OpenIntentsAsync("r1", "a", default), Is.Empty);
    }

    [Test]
    public async Task An_operation_that_was_never_sent_has_an_outcome_and_is_not_open()
    {
        await BeginAsync("r1", "a");
        await _store.OutcomeAsync("r1", "a", 0, Result(OperationOutcome.Skipped), default);
        Assert.That(await _store.OpenIntentsAsync("r1", "a", default), Is.Empty);
    }

    [Test]
    public async Task Intents_of_different_runs_and_users_do_not_mix()
    {
        await BeginAsync("r1", "a", "b");
        await BeginAsync("r2", "a");
        await IntentAsync("r1", "a", 0);
        await _store.OutcomeAsync("r2", "a", 0, Result(), default);
        await _store.OutcomeAsync("r1", "b", 0, Result(), default);
        Assert.That(await _store.OpenIntentsAsync("r1", "a", default), Is.EqualTo(new[] { 0 }));
        Assert.That(await _store.OpenIntentsAsync("r2", "a", default), Is.Empty);
    }

    [Test]
    public async Task A_users_result_is_kept_and_a_later_one_replaces_it()
    {
        await BeginAsync("r1", "a", "b");
        await _store.UserAsync("r1", "b", new UserResult { Operations = [Result(OperationOutcome.Unknown)] }, default);
        await _store.UserAsync("r1", "b", Done(), default);
        await ReopenAsync();
        ImmutableArray<RunUser> users = await _store.UsersAsync("r1", default).ListAsync();
        Assert.That(users.Select(u => Deep.Text(u.Result)), Is.EqualTo(new[] { "null", Deep.Text(Done()) }));
    }

    [Test]
    public async Task A_hundred_intents_at_once_are_all_written()
    {
        await BeginAsync("r1", [.. Enumerable.Range(0, 100).Select(i => "u" + i)]);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => IntentAsync("r1", "u" + i, i))));
        await ReopenAsync();
        for (int i = 0; i < 100; i++) Assert.That(await _store.OpenIntentsAsync("r1", "u" + i, default), Is.EqualTo(new[] { i }));
    }

    [Test]
    public async Task A_plan_is_claimed_once()
    {
        Assert.That(await _store.ClaimPlanAsync("p1", "r1", Noon, default), Is.True);
        Assert.That(await _store.ClaimPlanAsync("p2", "r1", Noon, default), Is.True);
        await ReopenAsync();
        Assert.That(await _store.ClaimPlanAsync("p1", "r1", Noon, default), Is.False);
        Assert.That(await _store.ClaimPlanAsync("p1", "r2", Noon, default), Is.False);
        Assert.That((await _store.FindClaimAsync("p1", default), await _store.FindClaimAsync("p3", default)), Is.EqualTo(("r1", (string?)null)));
    }

    [Test]
    public async Task Of_many_who_claim_a_plan_at_once_one_gets_it()
    {
        bool[] got = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(async () => await _store.ClaimPlanAsync("p", "r" + i, Noon, default))));
        Assert.That(got.Count(one => one), Is.EqualTo(1));
    }

    [Test]
    public async Task A_key_is_made_once_and_stays()
    {
        byte[] seal = (await _store.KeyAsync("seal", default)).ToArray();
        byte[] other = (await _store.KeyAsync("other", default)).ToArray();
        Assert.That(seal, Has.Length.EqualTo(32));
        Assert.That(other, Is.Not.EqualTo(seal));
        await ReopenAsync();
        Assert.That((await _store.KeyAsync("seal", default)).ToArray(), Is.EqualTo(seal));
        Assert.That((await _store.KeyAsync("other", default)).ToArray(), Is.EqualTo(other));
    }

    [Test]
    public async Task A_note_is_kept_until_another_replaces_it()
    {
        Assert.That(await _store.ReadNoteAsync("rate", default), Is.Null);
        await _store.WriteNoteAsync("rate", "", default);
        Assert.That(await _store.ReadNoteAsync("rate", default), Is.Empty);
        await _store.WriteNoteAsync("rate", "17 ☎ 'x'", default);
        await ReopenAsync();
        Assert.That(await _store.ReadNoteAsync("rate", default), Is.EqualTo("17 ☎ 'x'"));
        Assert.That(await _store.ReadNoteAsync("Rate", default), Is.Null);
    }

    private async Task ReopenAsync()
    {
        await _store.DisposeAsync();
        _store = await LaterAsync(_store);
    }

    private ValueTask BeginAsync(string run, params string[] uids) =>
        _store.BeginAsync(Run(run), Stream([.. uids.Select((uid, at) => Planned(at, uid))]), default);

    private async Task IntentAsync(string run, string uid, int index) => await _store.IntentAsync(run, uid, index, Add(), Noon, default);
}
