using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.Pipeline;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;
using static ProvisioningConnector.Engine.Tests.Pipeline.ChangeBench;

namespace ProvisioningConnector.Engine.Tests.Pipeline;

/// <summary>What a change of one user comes to.</summary>
public sealed class ChangeTests
{
    [Test]
    public void A_change_is_done_verified_and_written_down_as_a_run_of_one_user() => VirtualWorld.Run(async world =>
    {
        ChangeBench bench = new ChangeBench(world).With(1, Some.User.Mobile(Phone(1)).With(MethodKind.Fido2));
        RunResult result = await bench.ChangeAsync(1, Some.List(Phone(2) + ":mobile", Phone(3) + ":office"));
        ChangeRecord record = ((RunResult.Done)result).Record;
        Assert.That(Fingerprint(bench.Now(1)), Is.EqualTo(Fingerprint(Some.User.Mobile(Phone(2)).Office(Phone(3)).With(MethodKind.Fido2))));
        Assert.That(record.Now, Is.EqualTo(bench.Now(1) with { Default = DefaultMethod.NotRead })
            .Using<CurrentMethods>((a, b) => Fingerprint(a) == Fingerprint(b)));
        Assert.That((record.Run.Kind, record.Run.Outcome, record.Result.Verified), Is.EqualTo((RunKind.OneUser, RunOutcome.Succeeded, true)));
        Assert.That(await bench.Store.RunsAsync(default).AnyAsync(), Is.False, "not among the runs");
        Assert.That((await bench.SinglesAsync()).Single().RunId, Is.EqualTo(record.Run.RunId));
        Assert.That((await bench.Store.UsersAsync(record.Run.RunId, default).SingleAsync()).Result?.Outcome, Is.EqualTo(UserOutcome.Done));
        Assert.That((await bench.Windows.UseAsync("TENANT-1", "key-1", world.Time.GetUtcNow(), default)).Hour,
            Is.EqualTo(new AppliedWrites(Add: 1, Update: 1)));
    });

    [Test]
    public void When_nothing_is_to_be_done_one_read_is_made_and_nothing_is_written_locked_or_looked_up() => VirtualWorld.Run(async world =>
    {
        ChangeBench bench = new ChangeBench(world).With(1, Some.User.Mobile(Phone(1)));
        Assert.That(await bench.ChangeAsync(1, Some.List(Phone(1).Replace(" ", "", StringComparison.Ordinal) + ":mobile")),
            Is.TypeOf<RunResult.NothingToDo>());
        Assert.That((bench.Tenant.Readings.Count, bench.Tenant.LookUps, bench.Tenant.Writes.Count, bench.Locked), Is.EqualTo((1, 0, 0, 0)));
        Assert.That(await bench.SinglesAsync(), Is.Empty);
    });

    [Test]
    public void A_dry_run_gives_the_plan_and_touches_nothing() => VirtualWorld.Run(async world =>
    {
        ChangeBench bench = new ChangeBench(world, s => s with { Limits = s.Limits with { MaxDeletes = new Limit(0, null) } }).With(1,
            Some.User.Mobile(Phone(1)).With(MethodKind.Fido2));
        RunResult result = await bench.Runs.DryRunAsync(Request(1, Some.List()), default);
        RunResult.Planned planned = (RunResult.Planned)result;
        Assert.That(planned.Plan.Plan.Operations.Single(), Is.TypeOf<Operation.DeletePhone>());
        Assert.That((planned.Head.Summary.Changed, planned.Refusal?.Budget.Measure), Is.EqualTo((1L, (WindowMeasure?)WindowMeasure.Deletes)));
        Assert.That((bench.Tenant.Writes.Count, bench.Locked, (await bench.SinglesAsync()).Length), Is.EqualTo((0, 0, 0)));
        Assert.That(await bench.Windows.UseAsync("TENANT-1", null, world.Time.GetUtcNow(), default), Is.EqualTo(WindowUse.None));
    });

    [TestCase(ApprovalRule.Always, false, true)]
    [TestCase(ApprovalRule.Always, true, true)]
    [TestCase(ApprovalRule.Deletes, false, false)]
    [TestCase(ApprovalRule.Deletes, true, true)]
    [TestCase(ApprovalRule.Never, true, false)]
    public void What_a_second_person_would_have_to_approve_is_refused_and_touches_nothing(ApprovalRule rule, bool deletes, bool refused) =>
        VirtualWorld.Run(async world =>
    {
        ChangeBench bench = new ChangeBench(world, s => s with { RequireApproval = rule }).With(1, Some.User.Mobile(Phone(1)).With(MethodKind.Fido2));
        DesiredMethods desired = deletes ? Some.List() : Some.List(Phone(2) + ":mobile", Phone(3) + ":office");
        RunResult.Planned planned = (RunResult.Planned)await bench.Runs.DryRunAsync(Request(1, desired), default);
        Assert.That((planned.Head.Applyable, planned.Head.Guardrails.Any(g => g.Name == "RequireApproval")), Is.EqualTo((!refused, refused)));
        RunResult result = await bench.ChangeAsync(1, desired);
        Assert.That(result, refused ? Is.TypeOf<RunResult.Blocked>() : Is.TypeOf<RunResult.Done>());
        Assert.That((result as RunResult.Blocked)?.Why[0].Code, Is.EqualTo(refused ? "approvalMissing" : null));
        if (refused) Assert.That((bench.Tenant.Writes.Count, (await bench.SinglesAsync()).Length,
            await bench.Windows.UseAsync("TENANT-1", null, world.Time.GetUtcNow(), default)), Is.EqualTo((0, 0, WindowUse.None)));
        Assert.That(await bench.ChangeAsync(1, refused ? Some.List(Phone(1) + ":mobile") : desired),
            Is.TypeOf<RunResult.NothingToDo>(), "a state that is already set needs no approval");
    });

    [Test]
    public void What_is_held_is_reported_as_held_also_where_an_approval_is_needed() => VirtualWorld.Run(async world =>
    {
        ChangeBench bench = new ChangeBench(world, s => s with
        {
            RequireApproval = ApprovalRule.Always,
            Protected = s.Protected.Add("u1@contoso.com", "break glass"),
        }).With(1, Some.User.Mobile(Phone(1)));
        Assert.That(await bench.ChangeAsync(1, Some.List(Phone(2) + ":mobile")), Is.TypeOf<RunResult.Held>());
    });

    [Test]
    public void A_user_who_is_protected_privileged_or_would_lose_the_last_method_is_held_as_in_runs() => VirtualWorld.Run(async world =>
    {
        ChangeBench bench = new ChangeBench(world, s => s with { Protected = s.Protected.Add("u1@contoso.com", "break glass") })
            .With(1, Some.User.Mobile(Phone(1))).With(2, Some.User.Mobile(Phone(1))).With(3, Some.User.Mobile(Phone(1)));
        bench.Tenant.Privileged = new PrivilegedReading.Known([Uid(2).ToUpperInvariant()], "roles");
        foreach ((int user, string code, DesiredMethods desired) in ((int, string, DesiredMethods)[])
            [(1, HoldCodes.Protected, Some.List(Phone(2) + ":mobile")), (2, HoldCodes.ProtectPrivileged, Some.List(Phone(2) + ":mobile")),
                (3, HoldCodes.LastMethod, Some.List())])
        {
            RunResult.Held held = (RunResult.Held)await bench.ChangeAsync(user, desired);
            Assert.That(held.Plan.Plan.Held.Single() is { Standing: true } one ? one.Code : "", Is.EqualTo(code));
        }

        Assert.That(bench.Tenant.Writes, Is.Empty);
        Assert.That(await bench.Runs.ChangeAllowingAsync(Request(1, Some.List(Phone(2) + ":mobile")), TestPipeline.Protected("U1@contoso.com")),
            Is.TypeOf<RunResult.Done>(), "named by an approver");
    });

    [TestCase("nobody@contoso.com", false, HoldCodes.ProtectedNotFound)]
    [TestCase("employeeId:7", false, HoldCodes.ProtectedNotFound)]
    [TestCase("u1@contoso.com", true, HoldCodes.ProtectedNotChecked)]
    [TestCase("group:vips", false, HoldCodes.ProtectedNotFound)]
    public void While_an_entry_of_Protected_may_mean_anybody_every_user_is_held_but_one_whom_an_approver_names(string entry, bool unreadable, string code) =>
        VirtualWorld.Run(async world =>
    {
        ChangeBench bench = new ChangeBench(world, s => s with { Protected = s.Protected.Add(entry, "break glass") }).With(1, Some.User.Mobile(Phone(1)))
            .With(2, Some.User.Mobile(Phone(1)));
        if (unreadable) bench.Tenant.UnreadableKeys.Add(new UserKey(UserKeyKind.Name, entry));

        RunResult.Held held = (RunResult.Held)await bench.ChangeAsync(2, Some.List(Phone(2) + ":mobile"));

        Assert.That(held.Plan.Plan.Held.Single() is { Standing: false } one ? one.Code : "", Is.EqualTo(code));
        Assert.That(held.Plan.Plan.Held.Single().Message, Does.Contain($"'{entry}'"));
        Assert.That(bench.Tenant.Writes, Is.Empty);
        Assert.That(await bench.Runs.ChangeAllowingAsync(Request(2, Some.List(Phone(2) + ":mobile")), TestPipeline.Protected("U2@contoso.com")),
            Is.TypeOf<RunResult.Done>());
    });

    [Test]
    public void When_privileged_users_are_unknown_every_user_is_held() => VirtualWorld.Run(async world =>
    {
        ChangeBench bench = new ChangeBench(world).With(1, Some.User.Mobile(Phone(1)));
        bench.Tenant.Privileged = new PrivilegedReading.Unreadable(new ServiceError(ErrorKind.Forbidden, "PP403", "No."));
        RunResult.Held held = (RunResult.Held)await bench.ChangeAsync(1, Some.List(Phone(2) + ":mobile"));
        Assert.That(held.Plan.Plan.Held.Single() is { Code: HoldCodes.ProtectPrivileged, Standing: false });
    });

    [Test]
    public void A_user_who_changed_since_the_caller_looked_is_not_written_to() => VirtualWorld.Run(async world =>
    {
        ChangeBench bench = new ChangeBench(world).With(1, Some.User.Mobile(Phone(1)));
        UserChange request = Request(1, Some.List(Phone(2) + ":mobile"));
        Assert.That(await bench.Runs.ChangeAsync(request with { Condition = As("other") }, default), Is.TypeOf<RunResult.ConditionFailed>());
        Assert.That(bench.Tenant.Writes, Is.Empty);
        Assert.That(await bench.Runs.ChangeAsync(request with { Condition = As(Fingerprint(bench.Now(1))) }, default), Is.TypeOf<RunResult.Done>());
    });

    [Test]
    public void Missing_unreadable_and_impossible_are_distinguished() => VirtualWorld.Run(async world =>
    {
        ChangeBench bench = new ChangeBench(world).With(1, Some.User).With(2, Some.User);
        bench.Tenant.UnreadableUsers.Add(Uid(2));
        Assert.That(await bench.ChangeAsync(9, Some.List()), Is.TypeOf<RunResult.NotFound>());
        Assert.That(await bench.Runs.ChangeAsync(Request(1, Some.List()) with { User = new UserKey(UserKeyKind.Name, "nobody@contoso.com") }, default),
            Is.TypeOf<RunResult.NotFound>());
        Assert.That(await bench.ChangeAsync(2, Some.List()), Is.TypeOf<RunResult.NotRead>());
        Assert.That(await bench.ChangeAsync(1, Some.List(Phone(1) + ":alternateMobile")), Is.TypeOf<RunResult.Invalid>());
        Assert.That(await bench.Runs.ChangeAsync(Request(1, Some.List(Phone(1) + ":mobile")) with { User = new UserKey(UserKeyKind.Name, "u1@contoso.com") },
            default), Is.TypeOf<RunResult.Done>());
    });

    [Test]
    public void What_fails_leaves_the_rest_done_and_gives_its_budget_back() => VirtualWorld.Run(async world =>
    {
        ChangeBench bench = new ChangeBench(world).With(1, Some.User.Mobile(Phone(1)).With(MethodKind.Fido2));
        bench.Tenant.Faults = (_, n) => n == 0 ? WriteFault.Refused : WriteFault.None;
        RunResult result = await bench.ChangeAsync(1, Some.List(Phone(2) + ":mobile").Email("a@home.example"));
        ChangeRecord record = ((RunResult.PartlyDone)result).Record;
        Assert.That(record.Result.Operations.Select(o => o.Outcome), Is.EquivalentTo(new[] { OperationOutcome.Failed, OperationOutcome.Done }));
        Assert.That((await bench.Windows.UseAsync("TENANT-1", null, world.Time.GetUtcNow(), default)).Week, Is.EqualTo(new AppliedWrites(Add: 1)));
    });

    [Test]
    public void A_request_with_an_unknown_end_is_unknown_and_counts() => VirtualWorld.Run(async world =>
    {
        ChangeBench bench = new ChangeBench(world).With(1, Some.User.Mobile(Phone(1)).With(MethodKind.Fido2));
        bench.Tenant.Faults = (_, _) => WriteFault.LostInSilence;
        Assert.That(await bench.ChangeAsync(1, Some.List(Phone(2) + ":mobile")), Is.TypeOf<RunResult.Unknown>());
        Assert.That((await bench.Windows.UseAsync("TENANT-1", null, world.Time.GetUtcNow(), default)).Week.Update, Is.EqualTo(1));
        bench.Tenant.Faults = (_, _) => WriteFault.None;
        Assert.That(await bench.ChangeAsync(1, Some.List(Phone(2) + ":mobile")), Is.TypeOf<RunResult.Done>(), "a repeat is safe");
    });

    [Test]
    public void A_change_that_has_begun_is_finished_when_its_caller_goes_away() => VirtualWorld.Run(async world =>
    {
        ChangeBench bench = new ChangeBench(world).With(1, Some.User.Mobile(Phone(1)));
        using CancellationTokenSource caller = new();
        bench.Tenant.BeforeSend = (_, _) => caller.Cancel();
        Assert.That(await ErrorOf(() => bench.Runs.ChangeAsync(Request(1, Some.List(Phone(2) + ":mobile", Phone(3) + ":office")), caller.Token)),
            Is.InstanceOf<OperationCanceledException>());
        await bench.Runs.DrainAsync(default);
        Assert.That((await bench.SinglesAsync()).Single().Outcome, Is.EqualTo(RunOutcome.Succeeded));
        Assert.That(Fingerprint(bench.Now(1)), Is.EqualTo(Fingerprint(Some.User.Mobile(Phone(2)).Office(Phone(3)))));
        Assert.That(bench.Runs.InFlight, Is.Zero);
    });

    [Test]
    public void A_caller_who_goes_away_before_it_begins_leaves_nothing_behind() => VirtualWorld.Run(async world =>
    {
        ChangeBench bench = new ChangeBench(world).With(1, Some.User.Mobile(Phone(1)));
        using CancellationTokenSource caller = new();
        Task<RunResult> change = bench.Runs.ChangeAsync(Request(1, Some.List(Phone(2) + ":mobile")), caller.Token);
        caller.Cancel();
        Assert.That(await ErrorOf(() => change), Is.InstanceOf<OperationCanceledException>());
        await bench.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.That((bench.Tenant.Writes.Count, (await bench.SinglesAsync()).Length, bench.Runs.InFlight), Is.EqualTo((0, 0, 0)));
        Assert.That(await bench.ChangeAsync(1, Some.List(Phone(2) + ":mobile")), Is.TypeOf<RunResult.Done>());
    });

    [Test]
    public void A_user_who_changes_after_every_plan_is_planned_three_times_and_then_busy() => VirtualWorld.Run(async world =>
    {
        ChangeBench bench = new ChangeBench(world).With(1, Some.User.Mobile(Phone(1)));
        int plans = 0;
        UserChange change = Request(1, Some.List(Phone(2) + ":mobile")) with
        {
            Desired = _ =>
            {
                bench.With(1, Some.User.Mobile(Phone(100 + ++plans)));
                return new DesiredChange.Valid(Some.List(Phone(2) + ":mobile"));
            },
        };
        RunResult result = await bench.Runs.ChangeAsync(change, CancellationToken.None);
        Assert.That(result, Is.TypeOf<RunResult.Busy>());
        Assert.That((bench.Tenant.Writes.Count, plans), Is.EqualTo((0, 4)), "once before the lock, three times under it");
    });

    [Test]
    public void A_user_whom_a_run_works_on_is_busy_until_it_lets_go() => VirtualWorld.Run(async world =>
    {
        ChangeBench bench = new ChangeBench(world).With(1, Some.User.Mobile(Phone(1)));
        UserLock run = new("tenant-1", Uid(1), "r-run", 1, world.Time.GetUtcNow().AddMinutes(2));
        await bench.AcquireAsync(run, world.Time.GetUtcNow(), default);
        RunResult.Busy busy = (RunResult.Busy)await bench.ChangeAsync(1, Some.List(Phone(2) + ":mobile"));
        Assert.That((busy.Holder, world.Time.GetUtcNow() + busy.RetryAfter), Is.EqualTo(("r-run", run.Until)), "what is left of the lock");
        Task<RunResult> waits = bench.ChangeAsync(1, Some.List(Phone(2) + ":mobile"));
        await bench.WaitAsync(TimeSpan.FromSeconds(1));
        await bench.ReleaseAsync(run, default);
        Assert.That(await waits, Is.TypeOf<RunResult.Done>());
    });

    [Test]
    public void Of_two_changes_in_a_row_the_second_is_not_lost_to_a_copy_that_lags() => VirtualWorld.Run(async world =>
    {
        ChangeBench bench = new ChangeBench(world).With(1, Some.User.Mobile(Phone(1)));
        await bench.ChangeAsync(1, Some.List(Phone(2) + ":mobile"));
        bench.Tenant.Reading = new ReadManner { Lag = TimeSpan.FromSeconds(6) };
        Assert.That(await bench.ChangeAsync(1, Some.List(Phone(1) + ":mobile")), Is.TypeOf<RunResult.Done>());
        Assert.That(Fingerprint(bench.Now(1)), Is.EqualTo(Fingerprint(Some.User.Mobile(Phone(1)))));
    });

    [Test]
    public void A_user_who_moves_before_the_first_write_is_looked_at_again_from_what_is_there_then() => VirtualWorld.Run(async world =>
    {
        ChangeBench bench = new ChangeBench(world).With(1, Some.User.Mobile(Phone(1)));
        int looks = 0;
        UserChange request = Request(1, Some.Desired) with
        {
            Desired = now =>
            {
                // Another client registers a number after the locked read and before the executor's own.
                if (++looks == 2) bench.Tenant.Change(bench.Tenant[Uid(1)], m => m.Mobile(Phone(7)));
                return new DesiredChange.Valid(Some.Desired.Office(now.Mobile.FullText() ?? "none").Mobile(Phone(9)));
            },
        };
        Assert.That(await bench.Runs.ChangeAsync(request, default), Is.TypeOf<RunResult.Done>());
        Assert.That(Fingerprint(bench.Now(1)), Is.EqualTo(Fingerprint(Some.User.Mobile(Phone(9)).Office(Phone(7)))),
            "worked out from the number that was there");
        Assert.That(bench.Intents.Select(one => one.Run).Distinct().Count(), Is.EqualTo(1), "the first plan sent nothing, the second one is another run");
        Assert.That(bench.Intents.Select(one => one.LockedFor), Is.EqualTo(bench.Intents.Select(one => one.Run)), "whose journal the lock fences");
    });
}
