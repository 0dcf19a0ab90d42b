using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Migration.Invite;

/// <summary>Invitations that are lost, refused, overtaken or killed: no one is added twice, and undo takes away exactly what the run added.</summary>
public sealed class InvitationRunTests
{
    private static readonly CrashPoint[] Points =
    [
        CrashPoint.BeforeIntent, CrashPoint.AfterIntent, CrashPoint.AfterSend, CrashPoint.BeforeOutcome, CrashPoint.AfterOutcome, CrashPoint.BeforeResult,
    ];

    [Test]
    public void Whatever_becomes_of_a_request_the_report_is_true_and_undo_leaves_the_group_as_it_was([Values] WriteFault fault) =>
        VirtualWorld.Run(1, async world =>
    {
        InvitationBench bench = new(world);
        bench.Tenant.Faults = (uid, nth) => uid == InvitationBench.Uid(0) && nth == 0 ? fault : WriteFault.None;
        await bench.InviteAsync();

        bool isIn = bench.IsMember(0);
        Assert.That(bench.Result(0)?.Outcome, Is.EqualTo(isIn ? OperationOutcome.Done : OperationOutcome.Failed));
        Assert.That(isIn, Is.EqualTo(fault != WriteFault.Refused), "what passes is tried again");
        Assert.That((bench.Members[1..], bench.Added.All(static times => times == 1)), Is.EqualTo(("11", true)));

        Assert.That(await bench.UndoAsync(), Is.EqualTo(isIn ? 2 : 1), "not the one who was in before");
        Assert.That((bench.Members, await bench.UndoAsync()), Is.EqualTo(("010", 0)), "and a second undo finds nothing");
    });

    [Test]
    public void A_run_that_was_killed_at_any_moment_is_gone_on_with(
        [ValueSource(nameof(Points))] CrashPoint point, [Range(0, 2)] int nth,
        [Values(WriteFault.None, WriteFault.AppliedThenBroken, WriteFault.LostInSilence, WriteFault.LateAfterBroken)] WriteFault fault) =>
        VirtualWorld.Run(1, async world =>
    {
        InvitationBench bench = new(world);
        bench.Tenant.Faults = (_, number) => number == 0 ? fault : WriteFault.None;
        RunHeader end = await bench.InviteAsync(new CrashPlan(point, nth));

        Assert.That(bench.Added, Is.All.EqualTo(1), "no one is added twice");
        foreach (int at in (int[])[0, 2])
        {
            // A request that was repeated after the kill, and lost again, is not repeated once more: what became of it is unknown.
            bool isOpen = fault == WriteFault.LostInSilence && bench.Result(at)?.Outcome == OperationOutcome.Unknown;
            Assert.That((bench.IsMember(at), isOpen), Is.EqualTo((!isOpen, isOpen)), $"{at}");
        }

        Assert.That(end.Outcome == RunOutcome.Succeeded, Is.EqualTo(bench.Members == "111"));
        await bench.UndoAsync();
        Assert.That(bench.Members, Is.EqualTo("010"));
    });

    [Test]
    public void An_undo_that_was_killed_at_any_moment_is_gone_on_with([ValueSource(nameof(Points))] CrashPoint point, [Range(0, 2)] int nth) =>
        VirtualWorld.Run(1, async world =>
    {
        InvitationBench bench = new(world);
        await bench.InviteAsync();
        await bench.UndoAsync(new CrashPlan(point, nth));
        Assert.That(bench.Members, Is.EqualTo("010"));
    });

    [Test]
    public void Who_was_put_into_the_group_by_someone_else_meanwhile_stays_there() => VirtualWorld.Run(1, async world =>
    {
        InvitationBench bench = new(world);
        bench.Tenant.BeforeSend = (user, _) =>
        {
            if (user.Account.Uid == InvitationBench.Uid(0))
            {
                bench.Tenant.Change(user, static now => now with { Membership = new GroupMembership(InvitationBench.Group, IsMember: true) });
            }
        };
        RunHeader end = await bench.InviteAsync();
        bench.Tenant.BeforeSend = static (_, _) => { };
        Assert.That((bench.Result(0)?.Outcome, bench.Result(0)?.Error?.Code), Is.EqualTo((OperationOutcome.Skipped, ExecutionCodes.AlreadySo)));
        Assert.That(end.Outcome, Is.EqualTo(RunOutcome.Succeeded));

        await bench.UndoAsync();
        Assert.That(bench.Members, Is.EqualTo("110"), "only the third one was added by the run");
    });

    [Test]
    public void Who_left_the_group_since_is_no_operation_of_the_undo() => VirtualWorld.Run(1, async world =>
    {
        InvitationBench bench = new(world);
        await bench.InviteAsync();
        bench.Tenant.Change(bench.Tenant[InvitationBench.Uid(0)],
            static now => now with { Membership = new GroupMembership(InvitationBench.Group, IsMember: false) });
        Assert.That((await bench.UndoAsync(), bench.Members), Is.EqualTo((1, "010")));
    });

    [Test]
    public void Who_vanished_from_the_tenant_is_reported_and_the_others_are_invited() => VirtualWorld.Run(1, async world =>
    {
        InvitationBench bench = new(world);
        bench.Tenant.BeforeSend = static (user, _) => user.Exists &= user.Account.Uid != InvitationBench.Uid(0);
        RunHeader end = await bench.InviteAsync();
        Assert.That((end.Outcome, bench.Result(0)?.CountsAsDone, bench.IsMember(2)), Is.EqualTo((RunOutcome.Partial, false, true)));
    });

    [Test]
    public void A_group_that_cannot_be_read_any_more_is_written_to_by_no_one() => VirtualWorld.Run(1, async world =>
    {
        InvitationBench bench = new(world);
        bench.Tenant.Reading = new ReadManner { GroupUnreadable = true };
        await bench.InviteAsync();
        Assert.That(bench.Tenant.Writes, Is.Empty);
    });
}
