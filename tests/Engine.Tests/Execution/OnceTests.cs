using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit.Tenant;
using static ProvisioningConnector.Engine.Tests.Execution.Numbered;

namespace ProvisioningConnector.Engine.Tests.Execution;

/// <summary>A password and a pass are requested at most once where a request may have landed (docs/safety.md#outcomes).</summary>
public sealed class OnceTests
{
    private static readonly CurrentMethods Someone = CurrentMethods.Nothing with { Mobile = Slot(1) };

    private static readonly Shape[] Secrets =
    [
        .. from route in Enum.GetValues<PasswordRoute>()
           from given in new[] { true, false }
           select new Shape(Someone, new DesiredMethods { Password = new PasswordResetRequest(route, given) }, new()),
        new(Someone, new DesiredMethods { Pass = new PassRequest() }, new()),
        new(Someone, new DesiredMethods { Pass = new PassRequest(60, true) }, new()),
        new(Someone, new DesiredMethods { Password = new PasswordResetRequest(PasswordRoute.PasswordProfile, false), Office = Managed.Value(Phone(2)) }, new()),
    ];

    private static readonly WriteFault[] ChangedNothing = [WriteFault.NotSent, WriteFault.Throttled, WriteFault.Refused];

    private static readonly WriteFault[] Doubtful =
    [
        WriteFault.AppliedThenError, WriteFault.AppliedThenSilence, WriteFault.AppliedThenBroken, WriteFault.LostWithError, WriteFault.LostInSilence,
        WriteFault.LostBroken, WriteFault.LateAfterBroken, WriteFault.LateInSilence,
    ];

    [Test]
    public void Every_shape_has_a_secret() =>
        Assert.That(Secrets.Select(s => s.Plan.Operations.Count(ApprovedOperations.IsOnce)), Is.All.EqualTo(1));

    [Test]
    public void A_secret_whose_answer_was_lost_is_not_requested_again_in_the_run_nor_on_resume() =>
        Complaints.Check(AnsweredTwice().Concat(Crashed()), story => RequestsThatMayHaveLanded(story) > 1 ? "requested twice" : null);

    [Test]
    public void A_secret_whose_answer_was_lost_is_unknown([ValueSource(nameof(Doubtful))] WriteFault fault)
    {
        foreach (Shape shape in Secrets)
        {
            int at = SecretOf(shape);
            Story story = Story.Play(new Scenario(shape) { Faults = n => n == at ? fault : WriteFault.None });
            Assert.That(story.Final.Operations[at].Outcome, Is.EqualTo(OperationOutcome.Unknown), story.ToString());
        }
    }

    [TestCase(CrashPoint.AfterIntent)]
    [TestCase(CrashPoint.AfterSend)]
    [TestCase(CrashPoint.BeforeOutcome)]
    public void A_secret_that_may_have_left_before_a_crash_is_unknown_after_it(CrashPoint crash)
    {
        foreach (Shape shape in Secrets)
        {
            int at = SecretOf(shape);
            Story story = Story.Play(new Scenario(shape) { CrashAt = crash, CrashNth = at });
            Assert.That(story.Final.Operations[at].Outcome, Is.EqualTo(OperationOutcome.Unknown), story.ToString());
            Assert.That(story.WritesOf(story.Approved[at]).Count(), Is.EqualTo(crash == CrashPoint.AfterIntent ? 0 : 1), story.ToString());
        }
    }

    private static IEnumerable<Scenario> AnsweredTwice() =>
        from shape in Secrets.Where((_, i) => i % 2 == 0)
        from first in Enum.GetValues<WriteFault>()
        from second in Enum.GetValues<WriteFault>()
        select new Scenario(shape) { Faults = n => n == 0 ? first : n == 1 ? second : WriteFault.None, What = $"{first}, {second}" };

    private static IEnumerable<Scenario> Crashed() =>
        from shape in Secrets
        from fault in Enum.GetValues<WriteFault>()
        from crash in Enum.GetValues<CrashPoint>().Skip(1)
        from nth in Enumerable.Range(0, shape.Plan.Operations.Length)
        select new Scenario(shape) { Faults = n => n == nth ? fault : WriteFault.None, CrashAt = crash, CrashNth = nth, What = $"{fault} at {nth}" };

    private static int SecretOf(Shape shape) => shape.Plan.Operations.IndexOf(shape.Plan.Operations.Single(ApprovedOperations.IsOnce));

    private static int RequestsThatMayHaveLanded(Story story) =>
        story.Approved.Where(ApprovedOperations.IsOnce).Sum(secret => story.WritesOf(secret).Count(w => !ChangedNothing.Contains(w.Fault)
            && (w.Fault != WriteFault.NotReplicated || w.Operation.Action != OperationAction.Add)));
}
