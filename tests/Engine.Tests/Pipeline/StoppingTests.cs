using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit.Pipeline;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;
using static ProvisioningConnector.Engine.Tests.Pipeline.Desk;

namespace ProvisioningConnector.Engine.Tests.Pipeline;

/// <summary>Changes of one user when the process is asked to end: finished, or not begun, or cut between two operations and done by a repeat.</summary>
public sealed class StoppingTests
{
    private static DesiredMethods Three => Some.List(Phone(2) + ":mobile", Phone(3) + ":alternateMobile", Phone(4) + ":office");

    private static string AllThree => Fingerprint(Some.User.Mobile(Phone(2)).AlternateMobile(Phone(3)).Office(Phone(4)));

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    public void A_user_who_has_begun_is_finished_after_the_signal_to_stop(int at) => VirtualWorld.Run(async world =>
    {
        using CancellationTokenSource stop = new();
        Desk desk = new Desk(world, signals: new EndSignals(stop.Token, default)).With(1, Some.User.Mobile(Phone(1)));
        desk.Tenant.BeforeSend = (_, n) => Signal(stop, n == at);

        RunResult result = await desk.ChangeAsync(1, Three);

        Assert.That(result, Is.TypeOf<RunResult.Done>());
        Assert.That((Fingerprint(desk.Now(1)), (result as RunResult.Changed)?.Record?.Result.Verified), Is.EqualTo((AllThree, (bool?)true)));
    });

    [Test]
    public void No_user_is_begun_after_the_signal_to_stop() => VirtualWorld.Run(async world =>
    {
        using CancellationTokenSource stop = new();
        Desk desk = new Desk(world, signals: new EndSignals(stop.Token, default)).With(1, Some.User.Mobile(Phone(1))).With(2, Some.User.Mobile(Phone(1)));
        desk.Tenant.BeforeSend = (_, n) => Signal(stop, n == 0);
        Task<RunResult> begun = desk.ChangeAsync(1, Three);
        Task<RunResult> queued = desk.ChangeAsync(1, Some.List(Phone(5) + ":mobile"));

        Assert.That(await begun, Is.TypeOf<RunResult.Done>());
        Assert.That(await ErrorOf(() => queued), Is.InstanceOf<OperationCanceledException>(), "it waited for the same user");
        Assert.That(await ErrorOf(() => desk.ChangeAsync(2, Three)), Is.InstanceOf<OperationCanceledException>());
        Assert.That((Fingerprint(desk.Now(1)), Fingerprint(desk.Now(2)), (await desk.SinglesAsync()).Length),
            Is.EqualTo((AllThree, Fingerprint(Some.User.Mobile(Phone(1))), 1)));
    });

    [TestCase(0)]
    [TestCase(1)]
    public void When_the_time_to_finish_is_over_a_user_is_left_between_two_operations_and_a_repeat_does_the_rest(int at) => VirtualWorld.Run(async world =>
    {
        using CancellationTokenSource cut = new();
        Desk desk = new Desk(world, signals: new EndSignals(cut.Token, cut.Token)).With(1, Some.User.Mobile(Phone(1)));
        desk.Tenant.BeforeSend = (_, n) => Signal(cut, n == at);

        ChangeRecord record = ((RunResult.Cut)await desk.ChangeAsync(1, Three)).Record;

        Assert.That(record.Result.Operations.Count(o => o.Outcome == OperationOutcome.Done), Is.EqualTo(at + 1));
        Assert.That(record.Result.Operations[^1].Error,
            Has.Property("Code").EqualTo(ExecutionCodes.NotStarted).And.Property("Message").Contains("again").And.Property("Message").Not.Contains("resume"));
        Assert.That((record.Run.Outcome, record.Run.Resumable, (await desk.SinglesAsync(unfinished: true)).Length), Is.EqualTo((RunOutcome.Partial, false, 0)));
        Assert.That((await desk.Store.UsersAsync(record.Run.RunId, default).SingleAsync()).Result?.Operations,
            Is.EqualTo(record.Result.Operations), "written down");
        RunPipeline anew = new(desk.Ports with { Signals = default }, desk.Settings, desk.Writer);
        Assert.That(await anew.ChangeAsync(Request(1, Three), default), Is.TypeOf<RunResult.Done>());
        Assert.That((Fingerprint(desk.Now(1)), desk.Tenant.Writes.Count), Is.EqualTo((AllThree, 3)), "nothing twice");
    });

    [Test]
    public void A_request_that_may_still_land_after_the_cut_does_not_overtake_the_next_change() => VirtualWorld.Run(async world =>
    {
        using CancellationTokenSource cut = new(TimeSpan.FromSeconds(2), world.Time);
        Desk desk = new Desk(world, signals: new EndSignals(cut.Token, cut.Token)).With(1, Some.User.Mobile(Phone(1)));
        desk.Tenant.Faults = (_, n) => n == 0 ? WriteFault.LateAfterBroken : WriteFault.None;
        Assert.That(await desk.ChangeAsync(1, Some.List(Phone(2) + ":mobile")), Is.TypeOf<RunResult.Unknown>());
        RunPipeline anew = new(desk.Ports with { Signals = default }, desk.Settings with { Holder = "next" }, desk.Writer);

        Assert.That(await anew.ChangeAsync(Request(1, Some.List(Phone(5) + ":mobile")), default), Is.TypeOf<RunResult.Busy>());
        await desk.WaitAsync(TimeSpan.FromMinutes(2));
        Assert.That(await anew.ChangeAsync(Request(1, Some.List(Phone(5) + ":mobile")), default), Is.TypeOf<RunResult.Done>());
        await desk.WaitAsync(TimeSpan.FromMinutes(5));
        Assert.That(Fingerprint(desk.Now(1)), Is.EqualTo(Fingerprint(Some.User.Mobile(Phone(5)))));
    });

    private static void Signal(CancellationTokenSource signal, bool now)
    {
        if (now) signal.Cancel();
    }
}
