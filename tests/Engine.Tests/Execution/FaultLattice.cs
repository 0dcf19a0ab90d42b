using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit.Tenant;

namespace ProvisioningConnector.Engine.Tests.Execution;

/// <summary>Every kind of plan × every write × every fault × a crash at every point × reads that lag or fail.</summary>
public sealed class FaultLattice
{
    /// <summary>Longer than all read-backs after an accepted write, shorter than the time-out.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(45);

    private static readonly ReadManner[] Readings =
    [
        new(), new() { Lag = TimeSpan.FromSeconds(2) }, new() { Lag = TimeSpan.FromSeconds(8) },
        new() { Lag = Long }, new() { FailingAfterSend = 2 }, new() { FailingAfterSend = 1000 },
    ];

    private static readonly ServiceModel[] Services = [new(), new() { ReadyOnWrite = true, FirstPhoneBecomesDefault = true }];

    [Test]
    public void Whatever_happens_to_one_write_no_law_is_broken() => Check(Sample(Faulted(), 103));

    [Test]
    public void Whatever_happens_to_one_write_and_the_process_dies_at_any_point_no_law_is_broken() => Check(Sample(Crashed(), 3001));

    [Test]
    public void Whatever_happens_to_two_writes_no_law_is_broken() => Check(Sample(FaultedTwice(), 2003));

    [Test]
    public void A_passing_fault_heals_within_the_run_and_everything_is_done()
    {
        Check(Sample(Healing(), 701), Converges);
    }

    [Test, Explicit("Minutes: all single faults, and a dense sample of the rest.")]
    public void The_dense_lattice()
    {
        Check(Faulted());
        Check(Sample(Crashed(), 23));
        Check(Sample(FaultedTwice(), 17));
        Check(Sample(Healing(), 7), Converges);
    }

    private static string? Converges(Story story) =>
        story.Final.Outcome == UserOutcome.Done || !story.Scenario.Shape.CanBeTakenUp() ? null : "did not converge";

    private static IEnumerable<Scenario> Faulted() =>
        from shape in Shapes.OneOfEach
        from at in Enumerable.Range(0, shape.Plan.Operations.Length)
        from fault in Enum.GetValues<WriteFault>()
        from reading in Readings
        from service in Services
        where !IsLate(fault) || reading.Lag != Long
        select new Scenario(shape) { Faults = n => n == at ? fault : WriteFault.None, Reading = reading, Service = service, What = $"{fault} at {at}" };

    private static IEnumerable<Scenario> Crashed() =>
        from scenario in Faulted()
        from point in Enum.GetValues<CrashPoint>().Skip(1)
        from nth in Enumerable.Range(0, point == CrashPoint.BeforeResult ? 1 : scenario.Shape.Plan.Operations.Length)
        select scenario with { CrashAt = point, CrashNth = nth };

    private static IEnumerable<Scenario> FaultedTwice() =>
        from shape in Shapes.OneOfEach
        from first in Enumerable.Range(0, shape.Plan.Operations.Length)
        from second in Enumerable.Range(first + 1, shape.Plan.Operations.Length - first)
        from one in Enum.GetValues<WriteFault>().Skip(1)
        from two in Enum.GetValues<WriteFault>().Skip(1)
        from reading in Readings
        where (!IsLate(one) && !IsLate(two)) || reading.Lag != Long
        select new Scenario(shape)
        {
            Faults = n => n == first ? one : n == second ? two : WriteFault.None,
            Reading = reading, What = $"{one} at {first}, {two} at {second}"
        };

    /// <summary>One fault that passes, or one death, with reads that lag a little or fail twice: after it everything must be done.</summary>
    private static IEnumerable<Scenario> Healing() =>
        from scenario in Faulted().Concat(Crashed().Where(s => s.What.StartsWith("None", StringComparison.Ordinal)))
        where !scenario.What.StartsWith("Refused", StringComparison.Ordinal) && scenario.Reading.FailingAfterSend < 10 && scenario.Reading.Lag != Long
        select scenario;

    /// <summary>What lands after a minute and is shown three quarters of a minute later is beyond what waiting for the time-out can see.</summary>
    private static bool IsLate(WriteFault fault) => fault is WriteFault.LateAfterBroken or WriteFault.LateInSilence;

    /// <summary>Every n-th; a prime, so that it falls in step with none of the factors.</summary>
    private static IEnumerable<Scenario> Sample(IEnumerable<Scenario> all, int every) => all.Where((_, i) => i % every == 0);

    private static void Check(IEnumerable<Scenario> scenarios, Func<Story, string?>? more = null) =>
        Complaints.Check(scenarios, story => ExecutionLaws.BrokenAlone(story) ?? more?.Invoke(story));
}
