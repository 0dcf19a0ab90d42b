using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Runs.Moves;

/// <summary>What plans say of moves, and what becomes of them in particular cases.</summary>
public sealed class MoveTests
{
    [Test]
    public void Ten_swaps_leave_everybody_with_sms_sign_in() => VirtualWorld.Run(async world =>
    {
        Person[] people = [.. Enumerable.Range(0, 20).Select(n => Person.Signing(n, n ^ 1))];
        MoveBench bench = new(world, people);
        Applied run = await bench.ApplyAsync();

        Assert.That(MoveLaws.Broken(people, bench, run), Is.Null);
        Assert.That(run.Run.Plan.Summary.Moves, Is.EqualTo(20));
        Assert.That(run.Run.Plan.Summary.Operations, Is.EqualTo(new OperationCounts(Update: 20, Enable: 20, Disable: 10)));
    });

    [Test]
    public void A_chain_is_worked_off_from_its_end() => VirtualWorld.Run(async world =>
    {
        MoveBench bench = new(world, [.. Enumerable.Range(0, 5).Select(n => Person.Signing(n, n + 1))]);
        Applied run = await bench.ApplyAsync();

        Assert.That(run.Succeeded, Is.True);
        Assert.That(bench.Tenant.Writes.Select(w => w.Uid), Is.EqualTo(Enumerable.Range(0, 5).Reverse().Select(MoveBench.Uid)));
        Assert.That(run[2]?.Planned.Plan.Move, Is.EqualTo(new NumberMove
        {
            SignIn = SignInNeed.Keep, IsAwaited = true,
            WaitsFor = run[2]?.Planned.Plan.Move?.WaitsFor ?? [], To = new MovePartner(MoveBench.Uid(1), "u1@contoso.com")
        }));
        Assert.That(run[2]?.Planned.Plan.Move?.From, Is.EqualTo(new MovePartner(MoveBench.Uid(3), "u3@contoso.com", HasNumber: true, IsRequired: true)));
    });

    [Test]
    public void No_user_takes_a_number_that_someone_keeps() => VirtualWorld.Run(async world =>
    {
        MoveBench bench = new(world, Person.Signing(0, 0), Person.Signing(1, 0), Person.Signing(2, 1));
        Applied run = await bench.ApplyAsync();

        Assert.That(bench.Tenant.Writes, Is.Empty);
        Assert.That(run.Run.Outcome, Is.EqualTo(RunOutcome.Partial));
        Assert.That(run[1]?.Planned.Plan.Held.Single(), Has.Property("Code").EqualTo(HoldCodes.NumberNotFree).And.Property("Standing").False
            .And.Property("Message").Contains("'u0@contoso.com' signs in"));
        Assert.That(run[2]?.Planned.Plan.Held.Single().Message, Does.Contain("'u1@contoso.com' signs in"), "who is held keeps the number, too");
    });

    [Test]
    public void No_user_takes_a_number_that_was_not_freed() => VirtualWorld.Run(async world =>
    {
        MoveBench bench = new(world, Person.Signing(0, 1), Person.Signing(1, 2));
        bench.Tenant.Faults = (uid, _) => uid == MoveBench.Uid(1) ? WriteFault.Refused : WriteFault.None;
        Applied run = await bench.ApplyAsync();

        Assert.That(run[0]?.Result?.Operations.Select(o => o.Error?.Code), Is.EqualTo(new[] { ExecutionCodes.NumberNotFreed, ExecutionCodes.AlreadySo }));
        Assert.That((bench.Has(0, 0), bench.SignsIn(0)), Is.EqualTo((true, true)));
        bench.Tenant.Faults = (_, _) => WriteFault.None;
        Assert.That((await bench.ApplyAsync()).Succeeded, Is.True);
    });

    [Test]
    public void A_circle_whose_first_step_is_refused_ends_with_everybody_reported_and_signing_in() => VirtualWorld.Run(async world =>
    {
        MoveBench bench = new(world, Person.Signing(0, 1), Person.Signing(1, 0));
        int refused = 0;
        bench.Tenant.Faults = (_, _) => refused++ == 0 ? WriteFault.Refused : WriteFault.None;
        Applied run = await bench.ApplyAsync();

        Assert.That(run.Run.Outcome, Is.EqualTo(RunOutcome.Partial));
        Assert.That((run[0]?.Result?.Outcome, run[1]?.Result?.Outcome), Is.Not.EqualTo(((UserOutcome?)null, (UserOutcome?)null)));
        Assert.That(run[1]?.Result?.Operations.Select(o => o.Error?.Code), Does.Contain(ExecutionCodes.NumberNotFreed));
        Assert.That((bench.SignsIn(0), bench.SignsIn(1)), Is.EqualTo((true, true)));
        Assert.That((await bench.ApplyAsync()).Succeeded, Is.True, "the next run exchanges them");
    });

    [Test]
    public void Users_who_hang_together_are_the_canary_where_they_are_more_than_it([Values(1, 2)] int canary, [Values] bool fails) =>
        VirtualWorld.Run(async world =>
        {
            MoveBench bench = new(world, [.. Enumerable.Range(0, 4).Select(n => Person.Signing(n, n ^ 1))]);
            if (fails) bench.Tenant.Faults = (_, _) => WriteFault.Refused;
            Applied run = await bench.ApplyAsync(new RunBounds(null, canary));

            Assert.That(run.Succeeded, Is.EqualTo(!fails));
            if (fails) Assert.That((run[2]?.Result, run[3]?.Result), Is.EqualTo(((UserResult?)null, (UserResult?)null)), "the others do not follow");
        });

    [Test]
    public void Who_lost_sms_sign_in_to_someone_outside_the_source_is_failed_and_gets_it_back_when_the_number_is_free() => VirtualWorld.Run(async world =>
    {
        MoveBench bench = new(world, Person.Signing(0, 1));
        ModelUser outsider = bench.Tenant.Add(new DirectoryUser("outside", "outside@contoso.com"), Person.Signing(1, 1).Current);
        Applied first = await bench.ApplyAsync();

        Assert.That(MoveLaws.IsReportedLost(first, 0), Is.True);
        Assert.That(first.Run.Outcome, Is.EqualTo(RunOutcome.Partial));
        Applied second = await bench.ApplyAsync();
        Assert.That((second.Run.Outcome, MoveLaws.IsReportedLost(second, 0)), Is.EqualTo((RunOutcome.Partial, true)), "the number is still taken");

        bench.Tenant.Change(outsider, now => now with { SmsSignIn = SmsSignInState.NotEnabled });
        Applied third = await bench.ApplyAsync();
        Assert.That((third.Succeeded, bench.SignsIn(0)), Is.EqualTo((true, true)));
        Assert.That(third[0]?.Planned.Plan.Operations.Single(), Is.EqualTo(
            new Operation.SwitchSmsSignIn(true, SmsSignInState.PhoneNumberNotUnique, Reason.SignInKept)));

        bench.Tenant.Change(bench.Tenant[MoveBench.Uid(0)], now => now with { SmsSignIn = SmsSignInState.NotEnabled });
        Assert.That((await bench.ApplyAsync())[0], Is.Null, "what an administrator switches off later stays off");
    });

    [TestCase(1, 0)]
    [TestCase(2, 2)]
    public void Who_exchanges_numbers_begins_together_or_not_at_all(int limit, int changed) => VirtualWorld.Run(async world =>
    {
        MoveBench bench = new(world, Person.Signing(0, 1), Person.Signing(1, 0));
        Applied run = await bench.ApplyAsync(new RunBounds(limit, null));

        Assert.That(bench.Tenant.Writes.Select(w => w.Uid).Distinct().Count(), Is.EqualTo(changed));
        Assert.That(run.Run.Outcome, Is.EqualTo(changed == 0 ? RunOutcome.Interrupted : RunOutcome.Succeeded));
        if (changed == 0) Assert.That((await bench.RunAsync(new RunWork.Resumed(run.Run.RunId))).Succeeded, Is.True);
    });

    [Test]
    public void Where_no_one_signs_in_by_sms_nothing_is_ordered() => VirtualWorld.Run(async world =>
    {
        MoveBench bench = new(world, [.. Enumerable.Range(0, 4).Select(n => new Person(n, SmsSignInState.NotAllowedByPolicy, new Goal(n ^ 1)))]);
        Applied run = await bench.ApplyAsync();

        Assert.That(run.Users.Values.Select(u => u.Planned.Plan.Move), Has.All.Null);
        Assert.That((run.Succeeded, run.Run.Plan.Summary.Operations.Total), Is.EqualTo((true, 4L)));
    });
}
