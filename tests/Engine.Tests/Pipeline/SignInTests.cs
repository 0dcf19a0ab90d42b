using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Tests.Runs;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.Pipeline;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;
using static ProvisioningConnector.Engine.Tests.Pipeline.ChangeBench;

namespace ProvisioningConnector.Engine.Tests.Pipeline;

/// <summary>A change of one user that costs the user SMS sign-in, because another user signs in with the number
/// (docs/design.md#numbers-that-move-between-users, 6).</summary>
public sealed class SignInTests
{
    [Test]
    public void A_sign_in_that_a_change_lost_is_given_back_by_the_next_run_once_the_number_is_free() => VirtualWorld.Run(async world =>
    {
        ChangeBench bench = Bench(world);

        RunResult.PartlyDone change = (RunResult.PartlyDone)await bench.ChangeAsync(1, Some.Desired.Mobile(Phone(2)));

        Assert.That((change.Record.Result.LostSmsSignIn, await IsOwedAsync(bench)), Is.EqualTo((true, true)));
        bench.Tenant.Change(bench.Tenant[Uid(2)], now => now with { Mobile = CurrentSlot.Empty });
        await RunAsync(bench);
        Assert.That((SignsIn(bench), await IsOwedAsync(bench)), Is.EqualTo((true, false)));
    });

    [Test]
    public void What_a_change_says_of_sms_sign_in_itself_counts([Values] bool on) => VirtualWorld.Run(async world =>
    {
        ChangeBench bench = Bench(world);
        await bench.ChangeAsync(1, Some.Desired.Mobile(Phone(2)));
        bench.Tenant.Change(bench.Tenant[Uid(2)], now => now with { Mobile = CurrentSlot.Empty });
        bench.Tenant.Change(bench.Tenant[Uid(1)], now => now.SmsSignIn(on ? SmsSignInState.NotEnabled : SmsSignInState.Ready));

        await bench.ChangeAsync(1, Some.Desired.SmsSignIn(on));

        Assert.That(await IsOwedAsync(bench), Is.False);
        await RunAsync(bench);
        Assert.That(SignsIn(bench), Is.EqualTo(on));
    });

    [Test]
    public void A_sign_in_that_was_lost_before_the_process_died_is_given_back_too(
        [Values(CrashPoint.BeforeIntent, CrashPoint.AfterIntent, CrashPoint.AfterSend, CrashPoint.BeforeOutcome, CrashPoint.AfterOutcome,
            CrashPoint.BeforeResult)] CrashPoint point) => VirtualWorld.Run(async world =>
    {
        ChangeBench bench = Bench(world);
        (bench.Crash, bench.Dead) = (new CrashPlan(point), true);
        bench.Tenant.Crash = bench.Crash;
        Assert.That(await ErrorOf(() => bench.ChangeAsync(1, Some.Desired.Mobile(Phone(2)))), Is.TypeOf<CrashException>());
        (bench.Crash, bench.Tenant.Crash, bench.Dead, bench.Gone) = (CrashPlan.Never, CrashPlan.Never, false, "facade");
        await world.Delay(TimeSpan.FromMinutes(2));

        InterruptedChanges after = new(bench.Ports, bench.Settings with { Holder = "next", Process = new HolderProcess("host", "boot", 2, "next") });
        Assert.That(await after.SettleAsync(default), Is.EqualTo(1));

        bool isLost = !SignsIn(bench);
        RunUser user = await bench.Store.UsersAsync((await bench.SinglesAsync()).Single().RunId, default).SingleAsync();
        Assert.That((user.Result?.LostSmsSignIn, await IsOwedAsync(bench)), Is.EqualTo((isLost, isLost)));
        Assert.That(isLost, Is.EqualTo(point is not (CrashPoint.BeforeIntent or CrashPoint.AfterIntent)), "where the request left");
        bench.Tenant.Change(bench.Tenant[Uid(2)], now => now with { Mobile = CurrentSlot.Empty });
        await RunAsync(bench);
        Assert.That((SignsIn(bench), await IsOwedAsync(bench)), Is.EqualTo((true, false)));
    });

    private static ChangeBench Bench(VirtualWorld world) =>
        new ChangeBench(world, service: new ServiceModel { ReadyOnWrite = true, SignInIsUnique = true })
            .With(1, Some.User.Mobile(Phone(1)).SmsSignIn(SmsSignInState.Ready)).With(2, Some.User.Mobile(Phone(2)).SmsSignIn(SmsSignInState.Ready));

    private static Task<RunResult> RunAsync(ChangeBench bench) => bench.Runs.RunAsync(
        new RunRequest { Work = ModelRows.Work([Planned.Row(0, Uid(1), Some.Desired.Office(Phone(9)))]), Actor = "kim@host" }, GivenConsent.Instance, default);

    private static bool SignsIn(ChangeBench bench) => bench.Now(1) is { Mobile.IsEmpty: false, SmsSignIn: SmsSignInState.Ready };

    private static async Task<bool> IsOwedAsync(ChangeBench bench) =>
        (await bench.Ports.Retries.FindAsync("tenant-1", [Uid(1)], default)).GetValueOrDefault(Uid(1)) is { HadSmsSignIn: true };
}
