using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit.Stores;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Runs;

/// <summary>What the plan shows is what the tenant gets (docs/safety.md#proofs), for random populations and policies.</summary>
public sealed class PreviewIsReality
{
    [Test]
    public void Without_faults_the_writes_are_the_plan_less_what_was_alreadySo_and_the_second_plan_is_empty([Range(1, 40)] int seed) =>
        VirtualWorld.Run(seed, async world =>
    {
        Population people = new(world, 60);
        Planned planned = await people.PlanAsync();
        Adds(planned);
        (RunHeader head, MemoryRunStore store) = await people.RunAsync(planned);

        IEnumerable<string> expected = Results(planned, store).Where(r => r.Result.Error?.Code != ExecutionCodes.AlreadySo)
            .Select(r => Text(r.Uid, r.Result.Operation));
        Assert.That(people.Tenant.Writes.Where(w => w.AppliedAt is not null).Select(w => Text(w.Uid, w.Operation)), Is.EquivalentTo(expected));
        Assert.That(people.Tenant.Writes, Has.None.Property("AppliedAt").Null, "nothing was sent in vain");
        Assert.That(Results(planned, store).Select(r => r.Result.CountsAsDone), Is.All.True);
        Assert.That(Sum(head), Is.EqualTo(head.Plan.Summary.Changed));
        Assert.That(head.Outcomes.Done, Is.EqualTo(head.Plan.Summary.Changed));
        Assert.That(head.Outcome, Is.EqualTo(head.Plan.Summary is { Invalid: 0, NotFound: 0, HeldNotStanding: 0 } ? RunOutcome.Succeeded : RunOutcome.Partial));

        Planned second = await people.PlanAsync();
        Assert.That(second.Operations, Is.Empty);
    });

    [Test]
    public void With_faults_every_applied_write_is_an_operation_of_the_plan_applied_at_most_once([Range(1, 60)] int seed) =>
        VirtualWorld.Run(seed, async world =>
    {
        Random chance = world.Chance("faults");
        Population people = new(world, 60) { Settings = new() { UsersInFlight = 1 + chance.Next(40) } };
        Planned planned = await people.PlanAsync();
        WriteFault[] faults = Enum.GetValues<WriteFault>();
        Dictionary<(string, int), WriteFault> script = [];
        people.Tenant.Faults = (uid, n) => script.TryGetValue((uid, n), out WriteFault fault)
            ? fault : script[(uid, n)] = chance.Next(3) == 0 ? faults[chance.Next(faults.Length)] : WriteFault.None;
        people.Tenant.Reading = new() { Lag = TimeSpan.FromSeconds(chance.Next(3) * 4), FailingAfterSend = chance.Next(3) };

        (RunHeader head, MemoryRunStore store) = await RunWithInterruptionsAsync(people, planned, chance);
        Assert.That(Sum(head), Is.EqualTo(head.Plan.Summary.Changed));
        Assert.That(head.Outcome, Is.AnyOf(RunOutcome.Succeeded, RunOutcome.Partial));
        ILookup<string, SentWrite> applied = people.Tenant.Writes.Where(w => w.AppliedAt is not null).ToLookup(w => Text(w.Uid, w.Operation));
        HashSet<string> plan = [.. planned.Spool.All.SelectMany(p => p.Plan.Operations.Select(o => Text(p.User!.Uid, o)))];
        Assert.That(applied.Select(g => g.Key), Is.SubsetOf(plan));
        Assert.That(applied.Where(g => g.Count() > 1).Select(g => g.Key), Is.Empty, "applied more than once");
        Assert.That(people.Tenant.MostOverlapping, Is.LessThanOrEqualTo(1));
        foreach ((string uid, OperationResult result) in Results(planned, store))
        {
            bool there = applied.Contains(Text(uid, result.Operation));
            if (result.Outcome == OperationOutcome.Done) Assert.That(there, Is.True, $"done, not applied: {uid} {result}");
            else Assert.That(result.Error?.Code, Is.Not.Empty.And.Not.Null);
            if (result.Outcome is OperationOutcome.Failed or OperationOutcome.Skipped) Assert.That(there,
                Is.False, $"{result.Outcome} {result.Error?.Code}, but applied: {uid} {result.Operation}");
        }
    });

    private static async Task<(RunHeader Head, MemoryRunStore Store)> RunWithInterruptionsAsync(Population people, Planned planned, Random chance)
    {
        using CancellationTokenSource stop = new(TimeSpan.FromSeconds(chance.Next(1, 30) * 0.3), people.World.Time);
        (RunHeader head, MemoryRunStore store) = await people.RunAsync(planned, stop.Token);
        return head.Outcome == RunOutcome.Interrupted ? (await people.GoOnAsync(head, store), store) : (head, store);
    }

    private static void Adds(Planned planned)
    {
        Summary sum = planned.Head.Summary;
        Assert.That(sum.Users, Is.EqualTo(planned.Head.Source.Rows));
        Assert.That(sum.Operations.Total, Is.EqualTo(planned.Operations.Count()));
        foreach (Situation situation in Enum.GetValues<Situation>())
        {
            Assert.That(new Summary().Plus(situation).Users, Is.EqualTo(1));
            Assert.That(planned.Spool.All.Count(p => p.Plan.Situation == situation), Is.EqualTo(CountOf(sum, situation)));
        }
    }

    private static long CountOf(Summary sum, Situation situation) => situation switch
    {
        Situation.Equal => sum.Equal,
        Situation.Changed => sum.Changed,
        Situation.Held => sum.Held,
        Situation.Invalid => sum.Invalid,
        Situation.NotFound => sum.NotFound,
        Situation.NotRead => sum.NotRead,
    };

    private static long Sum(RunHeader head) => head.Outcomes.Done + head.Outcomes.Failed + head.Outcomes.Unknown + head.Outcomes.Stale + head.Outcomes.Skipped;

    private static IEnumerable<(string Uid, OperationResult Result)> Results(Planned planned, MemoryRunStore store) =>
        from user in planned.Spool.All
        where !user.Plan.Operations.IsEmpty
        let uid = user.User!.Uid
        let result = store.ResultOf(uid) ?? throw new AssertionException($"{uid} has no result.")
        from operation in result.Operations
        select (uid, operation);

    private static string Text(string uid, Operation operation) => $"{uid} {operation} {operation switch
    {
        Operation.AddPhone add => add.Number.Canonical(),
        Operation.UpdatePhone update => update.Number.Canonical(),
        _ => "",
    }}";
}
