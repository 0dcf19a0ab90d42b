using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Undo;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.Pipeline;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Pipeline;

/// <summary>The second opinion on numbers, for every kind of work that plans.</summary>
public sealed class NumberOpinionTests
{
    [Test]
    public void A_number_that_is_to_be_held_is_written_by_no_kind_of_work([Values(WorkKind.Rows, WorkKind.SavedPlan, WorkKind.Change)] WorkKind kind) =>
        VirtualWorld.Run(1, async world =>
        {
            PipelineBench bench = Bench(world, NumberPolicy.Hold);

            RunResult result = await bench.RunAsync(await bench.WorkAsync(kind));

            Assert.That(bench.IsChanged, Is.False);
            if (kind == WorkKind.Change)
            {
                Assert.That((result as RunResult.Held)?.Plan.Plan.Held.Single().Code, Is.EqualTo(HoldCodes.NumberPremium), $"{result}");
            }
        });

    [Test]
    public void A_number_that_is_warned_of_is_written([Values(WorkKind.Rows, WorkKind.SavedPlan, WorkKind.Change)] WorkKind kind) =>
        VirtualWorld.Run(1, async world =>
        {
            PipelineBench bench = Bench(world, NumberPolicy.Warn);

            RunResult result = await bench.RunAsync(await bench.WorkAsync(kind));

            Assert.That(bench.IsChanged, Is.True, $"{result}");
            PlannedUser planned = kind == WorkKind.Change
                ? ((RunResult.Done)result).Record.Plan
                : (await bench.Store.UsersAsync(((RunResult.Ended)result).Run.RunId, default).ToListAsync())
                    .Single(user => user.Planned.User?.Uid == PipelineBench.Uid).Planned;
            Assert.That(planned.Plan.Diagnostics.Select(d => d.Code), Does.Contain(HoldCodes.NumberPremium));
        });

    [Test]
    public void A_plan_checks_all_numbers_of_its_list_only_when_asked([Values] bool isAsked) => VirtualWorld.Run(1, async world =>
    {
        PipelineBench bench = Bench(world, NumberPolicy.Warn);
        RunWork done = await bench.WorkAsync(WorkKind.Rows);
        await bench.RunAsync(done);
        FixedOpinion opinion = new();
        bench.Ports = bench.Ports with { Numbers = opinion };

        await using PreparedRun plan = await new RunPlanner(bench.Ports, bench.Settings)
            .PlanAsync(PipelineBench.Request(await bench.WorkAsync(WorkKind.Rows)) with { CheckNumbers = isAsked }, default);

        Assert.That(opinion.Asked, Has.Count.EqualTo(isAsked ? 2 : 0));
    });

    [Test]
    public void An_undo_is_warned_of_and_never_held()
    {
        foreach (NumberPolicy policy in Enum.GetValues<NumberPolicy>())
        {
            NumberPolicies all = new() { NotAssigned = policy, MobileIsFixedLine = policy, NotPersonal = policy, Premium = policy };
            NumberPolicy expected = policy == NumberPolicy.Off ? NumberPolicy.Off : NumberPolicy.Warn;
            Assert.That(UndoRows.Policy(new PlanningPolicy { Numbers = all }).Numbers, Is.EqualTo(
                new NumberPolicies { NotAssigned = expected, MobileIsFixedLine = expected, NotPersonal = expected, Premium = expected }));
        }
    }

    private static PipelineBench Bench(VirtualWorld world, NumberPolicy policy)
    {
        PipelineBench bench = new(world);
        bench.Settings = bench.Settings with { Policy = new PlanningPolicy { Numbers = new NumberPolicies { Premium = policy } } };
        bench.Ports = bench.Ports with
        {
            Numbers = new FixedOpinion { [Some.Number(ChangeBench.Phone(8))] = new NumberOpinion(NumberLine.Premium, IsPossible: true, IsAssigned: true) },
        };
        return bench;
    }
}
