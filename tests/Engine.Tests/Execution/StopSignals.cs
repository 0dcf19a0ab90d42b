using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit.Tenant;

namespace ProvisioningConnector.Engine.Tests.Execution;

/// <summary>The first signal finishes users who have begun, the second gives up at once; both leave a run that can be resumed to its end.</summary>
public sealed class StopSignals
{
    private static readonly double[] Seconds = [0.03, 0.06, 0.1, 0.13, 0.2, 0.3, 0.5, 1.05, 2, 6, 20, 45, 66, 71, 90, 140];

    private static readonly WriteFault[] Faults =
        [WriteFault.None, WriteFault.Refused, WriteFault.AppliedThenBroken, WriteFault.LostInSilence,
            WriteFault.LateAfterBroken, WriteFault.NotUnique, WriteFault.NotSent];

    [Test]
    public void After_the_first_signal_users_who_have_begun_are_finished_and_no_others_begin() => Check(Sample(Stopped(), 83), story =>
    {
        RunHeader first = story.Heads[0];
        DateTimeOffset signal = first.StartedAt + story.Scenario.StopAfter!.Value;
        bool begun = story.Tenant.Writes.Exists(w => w.SentAt <= signal);
        if (!begun && story.Tenant.Writes.Exists(w => w.SentAt > signal && w.SentAt < first.EndedAt)) return "began a user after the signal";
        if (begun && IsWithoutFault(story.Scenario) && !story.FinalAfter[0]) return "left a user between two operations";
        if (!story.FinalAfter[0] && first.Outcome != RunOutcome.Interrupted) return $"not finished, yet {first.Outcome}";
        return story.FinalAfter[0] && first.Outcome == RunOutcome.Interrupted ? "finished, yet interrupted" : null;
    });

    [Test]
    public void After_the_second_signal_at_any_moment_resuming_ends_lawfully() =>
        Check(Sample(Stopped(), 83).Select(s => s with { StopAfter = null, GiveUpAfter = s.StopAfter }), _ => null);

    [Test, Explicit("All moments of all kinds of plan.")]
    public void All_signals_at_all_moments() =>
        Check(Sample(Stopped().Concat(Stopped().Select(s => s with { StopAfter = null, GiveUpAfter = s.StopAfter })), 3), _ => null);

    [Test]
    public void When_the_time_to_finish_is_over_nothing_new_is_sent_and_resuming_ends_lawfully() =>
        Check(Sample(Stopped(), 83).Select(s => s with { CutAfter = s.StopAfter }), story =>
    {
        RunHeader first = story.Heads[0];
        DateTimeOffset signal = first.StartedAt + story.Scenario.CutAfter!.Value;
        return story.Tenant.Writes.Exists(w => w.SentAt > signal && w.SentAt < first.EndedAt) ? "sent something new after the cut" : null;
    });

    private static bool IsWithoutFault(Scenario scenario) => Enumerable.Range(0, 9).All(n => scenario.Faults(n) == WriteFault.None);

    private static IEnumerable<Scenario> Stopped() =>
        from shape in Shapes.OneOfEach
        from at in Enumerable.Range(0, shape.Plan.Operations.Length)
        from fault in Faults
        from seconds in Seconds
        from lag in new[] { 0.0, 5.0 }
        select new Scenario(shape)
        {
            Faults = n => n == at ? fault : WriteFault.None, StopAfter = TimeSpan.FromSeconds(seconds),
            Reading = new() { Lag = TimeSpan.FromSeconds(lag) }, What = $"{fault} at {at}",
        };

    private static IEnumerable<Scenario> Sample(IEnumerable<Scenario> all, int every) => all.Where((_, i) => i % every == 0);

    private static void Check(IEnumerable<Scenario> scenarios, Func<Story, string?> more) =>
        Complaints.Check(scenarios, story => ExecutionLaws.BrokenAlone(story) ?? more(story));
}
