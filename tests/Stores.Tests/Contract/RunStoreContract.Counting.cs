using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using static ProvisioningConnector.Stores.Tests.Samples.Sample;

namespace ProvisioningConnector.Stores.Tests.Contract;

/// <summary>Counting what is written down gives what counting the users gives.</summary>
public abstract partial class RunStoreContract
{
    [Test]
    public async Task The_journal_is_counted_as_its_users_are()
    {
        string[] users = ["done", "failed", "stale", "open", "begun", "settled", "unsent", "again"];
        await _store.BeginAsync(Run("r1"),
            Stream([.. users.Select((uid, i) => Two(i, uid)), Two(90, "never"), Planned(91, "gone", Situation.NotFound), Planned(92, "same", Situation.Held)]),
            default);
        await _store.BeginAsync(Run("r2"), Stream(Two(0, "done"), Two(1, "open")), default);
        await TellAsync("done", false, Result(), Result());
        await TellAsync("failed", false, Result(), Result(OperationOutcome.Failed));
        await TellAsync("stale", true, Result(OperationOutcome.Skipped), Result(OperationOutcome.Skipped));
        await IntentAsync("r1", "open", 0);
        await IntentAsync("r1", "begun", 0);
        await _store.OutcomeAsync("r1", "begun", 0, Result(), default);
        await IntentAsync("r1", "settled", 0);
        await _store.OutcomeAsync("r1", "settled", 0, Result(), default);
        await _store.OutcomeAsync("r1", "settled", 1, Result(OperationOutcome.Skipped) with { Error = new(ExecutionCodes.AlreadySo, "so") }, default);
        await _store.OutcomeAsync("r1", "unsent", 0, Result(OperationOutcome.Failed), default);
        await IntentAsync("r1", "again", 0);
        await _store.OutcomeAsync("r1", "again", 0, Result(OperationOutcome.Unknown), default);
        await IntentAsync("r1", "again", 0);
        await IntentAsync("r2", "open", 1);
        await ReopenAsync();

        JournalCount count = await _store.CountAsync("r1", default);

        Assert.That(count, Is.EqualTo(await JournalCount.OfAsync(_store.UsersAsync("r1", default), default)), "two ways, one figure");
        Assert.That(count, Is.EqualTo(new JournalCount
        {
            Settled = new OutcomeCounts(Done: 1, Failed: 1, Stale: 1),
            Begun = new OutcomeCounts(Done: 1, Failed: 1, Unknown: 2, Skipped: 1),
            Operations = new OperationOutcomeCounts(Done: 5, Failed: 2, Skipped: 3),
            Open = 2,
        }));
        Assert.That(await _store.CountAsync("r2", default), Is.EqualTo(new JournalCount { Begun = new OutcomeCounts(Unknown: 1), Open = 1 }));
        Assert.That(await _store.CountAsync("none", default), Is.EqualTo(new JournalCount()));

        static PlannedUser Two(long ordinal, string uid) =>
            Planned(ordinal, uid) with { Plan = new UserPlan { Situation = Situation.Changed, Operations = [Add(), Add("+1 2065550101")], MethodsAfter = 2 } };

        async Task TellAsync(string uid, bool stale, params OperationResult[] results)
        {
            foreach ((int index, OperationResult result) in results.Index())
            {
                if (result.Outcome != OperationOutcome.Skipped) await IntentAsync("r1", uid, index);
                await _store.OutcomeAsync("r1", uid, index, result, default);
            }

            await _store.UserAsync("r1", uid, new UserResult { Operations = [.. results], Stale = stale }, default);
        }
    }

    [Test]
    public async Task A_cancelled_intent_is_cancelled()
    {
        await BeginAsync("r1", "a");
        using CancellationTokenSource stopped = new();
        await stopped.CancelAsync();
        Assert.That(async () => await _store.IntentAsync("r1", "a", 0, Add(), Noon, stopped.Token), Throws.InstanceOf<OperationCanceledException>());
    }
}
