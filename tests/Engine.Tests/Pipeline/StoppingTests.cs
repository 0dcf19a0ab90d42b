using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.Pipeline;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;
using static ProvisioningConnector.Engine.Tests.Pipeline.ChangeBench;

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
        ChangeBench bench = new ChangeBench(world, signals: new EndSignals(stop.Token, default)).With(1, Some.User.Mobile(Phone(1)));
        bench.Tenant.BeforeSend = (_, n) => Signal(stop, n == at);

        RunResult result = await bench.ChangeAsync(1, Three);

        Assert.That(result, Is.TypeOf<RunResult.Done>());
        Assert.That((Fingerprint(bench.Now(1)), (result as RunResult.Changed)?.Record?.Result.Verified), Is.EqualTo((AllThree, (bool?)true)));
    });

    [Test]
    public void No_user_is_begun_after_the_signal_to_stop() => VirtualWorld.Run(async world =>
    {
        using CancellationTokenSource stop = new();
        ChangeBench bench = new ChangeBench(world, signals: new EndSignals(stop.Token, default))
            .With(1, Some.User.Mobile(Phone(1))).With(2, Some.User.Mobile(Phone(1)));
        bench.Tenant.BeforeSend = (_, n) => Signal(stop, n == 0);
        Task<RunResult> begun = bench.ChangeAsync(1, Three);
        Task<RunResult> queued = bench.ChangeAsync(1, Some.List(Phone(5) + ":mobile"));

        Assert.That(await begun, Is.TypeOf<RunResult.Done>());
        Assert.That(await ErrorOf(() => queued), Is.InstanceOf<OperationCanceledException>(), "it waited for the same user");
        Assert.That(await ErrorOf(() => bench.ChangeAsync(2, Three)), Is.InstanceOf<OperationCanceledException>());
        Assert.That((Fingerprint(bench.Now(1)), Fingerprint(bench.Now(2)), (await bench.SinglesAsync()).Length),
            Is.EqualTo((AllThree, Fingerprint(Some.User.Mobile(Phone(1))), 1)));
    });

    [TestCase(0)]
    [TestCase(1)]
    public void When_the_time_to_finish_is_over_a_user_is_left_between_two_operations_and_a_repeat_does_the_rest(int at) => VirtualWorld.Run(async world =>
    {
        using CancellationTokenSource cut = new();
        ChangeBench bench = new ChangeBench(world, signals: new EndSignals(cut.Token, cut.Token)).With(1, Some.User.Mobile(Phone(1)));
        bench.Tenant.BeforeSend = (_, n) => Signal(cut, n == at);

        ChangeRecord record = ((RunResult.Cut)await bench.ChangeAsync(1, Three)).Record;

        Assert.That(record.Result.Operations.Count(o => o.Outcome == OperationOutcome.Done), Is.EqualTo(at + 1));
        Assert.That(record.Result.Operations[^1].Error,
            Has.Property("Code").EqualTo(ExecutionCodes.NotStarted).And.Property("Message").Contains("again").And.Property("Message").Not.Contains("resume"));
        Assert.That((record.Run.Outcome, record.Run.Resumable, (await bench.SinglesAsync(unfinished: true)).Length),
            Is.EqualTo((RunOutcome.Partial, false, 0)));
        Assert.That((await bench.Store.UsersAsync(record.Run.RunId, default).SingleAsync()).Result?.Operations,
            Is.EqualTo(record.Result.Operations), "written down");
        RunPipeline anew = new(bench.Ports with { Signals = default }, bench.Settings, bench.Writer);
        Assert.That(await anew.ChangeAsync(Request(1, Three), default), Is.TypeOf<RunResult.Done>());
        Assert.That((Fingerprint(bench.Now(1)), bench.Tenant.Writes.Count), Is.EqualTo((AllThree, 3)), "nothing twice");
    });

    [Test]
    public void A_request_that_may_still_land_after_the_cut_does_not_overtake_the_next_change() => VirtualWorld.Run(async world =>
    {
        using CancellationTokenSource cut = new(TimeSpan.FromSeconds(2), world.Time);
        ChangeBench bench = new ChangeBench(world, signals: new EndSignals(cut.Token, cut.Token)).With(1, Some.User.Mobile(Phone(1)));
        bench.Tenant.Faults = (_, n) => n == 0 ? WriteFault.LateAfterBroken : WriteFault.None;
        Assert.That(await bench.ChangeAsync(1, Some.List(Phone(2) + ":mobile")), Is.TypeOf<RunResult.Unknown>());
        RunPipeline anew = new(bench.Ports with { Signals = default }, bench.Settings with { Holder = "next" }, bench.Writer);

        Assert.That(await anew.ChangeAsync(Request(1, Some.List(Phone(5) + ":mobile")), default), Is.TypeOf<RunResult.Busy>());
        await bench.WaitAsync(TimeSpan.FromMinutes(2));
        Assert.That(await anew.ChangeAsync(Request(1, Some.List(Phone(5) + ":mobile")), default), Is.TypeOf<RunResult.Done>());
        await bench.WaitAsync(TimeSpan.FromMinutes(5));
        Assert.That(Fingerprint(bench.Now(1)), Is.EqualTo(Fingerprint(Some.User.Mobile(Phone(5)))));
    });

    private static void Signal(CancellationTokenSource signal, bool now)
    {
        if (now) signal.Cancel();
    }
}
