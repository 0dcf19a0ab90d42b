using System.Collections.Immutable;
using ProvisioningConnector.Engine.Locking;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.Pipeline;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Pipeline;

/// <summary>Every safeguard holds for every kind of work, because one stage of the pipeline applies it to all of them.</summary>
public sealed class SafeguardTests
{
    private static readonly TenantQuarantine Quarantine = new("tenant-1", DateTimeOffset.UnixEpoch, "r0", TenantQuarantine.TooManyFailures, "Many failed.");

    [Test]
    public void Without_a_safeguard_in_the_way_all_work_is_done([Values] WorkKind kind) => Play(kind, async (bench, work) =>
    {
        RunResult result = await bench.RunAsync(work);

        Assert.That((result is RunResult.Ended or RunResult.Done, bench.IsChanged), Is.EqualTo((true, true)), $"{result}");
        Assert.That(bench.Evidence.Records.TakeLast(2), Is.EqualTo(new[] { "begins", "ends" }));
    });

    [Test]
    public void An_audit_sink_that_cannot_be_written_blocks([Values] WorkKind kind) => Refuses(kind, BlockCause.Evidence, "auditHeadFile", bench =>
        bench.Evidence.SecondSink = () => throw new ProvisioningException("auditHeadFile", "It cannot be written.", "Check it."));

    [Test]
    public void A_store_that_does_not_know_a_real_tenant_blocks_unless_the_run_itself_is_in_it([Values] WorkKind kind) => Play(kind, async (bench, work) =>
    {
        bench.Ports = bench.Ports with { Tenant = Real(bench) };
        bool isKnown = kind == WorkKind.Resumed;

        RunResult result = await bench.RunAsync(work);
        Assert.That((Code(result), bench.IsChanged), Is.EqualTo((isKnown ? null : "newStore", isKnown)), $"{result}");
        if (isKnown) return;

        RunResult meant = await bench.RunAsync(work, request => request with { NewStore = true });
        Assert.That((Code(meant), bench.IsChanged, bench.Evidence.Records.Count(r => r == "new store")), Is.EqualTo(((string?)null, true, 1)), $"{meant}");
        Assert.That(Code(await bench.RunAsync(new RunWork.Change(ChangeBench.Request(1, Some.List(ChangeBench.Phone(9) + ":mobile"))))),
            Is.Null, "once is enough");
    });

    [Test]
    public void A_quarantined_tenant_refuses_changes_of_one_user_and_is_neither_probed_nor_opened_by_them() =>
        Play(WorkKind.Change, async (bench, work) =>
        {
            await bench.Quarantines.BeginAsync(Quarantine, default);

            RunResult result = await bench.RunAsync(work);

            Assert.That((Code(result), bench.IsChanged, await bench.RunsAsync()), Is.EqualTo(("tenantQuarantined", false, 0)), $"{result}");
            Assert.That(await bench.Quarantines.FindAsync("tenant-1", default), Is.EqualTo(Quarantine));
            Assert.That(await bench.RunAsync(work, request => request with { DryRun = true }), Is.TypeOf<RunResult.Planned>(), "plans stay possible");
        });

    [TestCase(WorkKind.Rows)]
    [TestCase(WorkKind.SavedPlan)]
    [TestCase(WorkKind.Resumed)]
    public void In_a_quarantined_tenant_a_run_begins_with_a_probe(WorkKind kind) => Play(kind, async (bench, work) =>
    {
        await bench.Quarantines.BeginAsync(Quarantine, default);

        await bench.RunAsync(work);

        Assert.That((bench.IsChanged, await bench.Quarantines.FindAsync("tenant-1", default)), Is.EqualTo((true, (TenantQuarantine?)null)));
    });

    [Test]
    public void A_missing_approval_blocks([Values] WorkKind kind) => Refuses(kind, BlockCause.Approval, "approvalMissing", bench =>
        bench.Settings = bench.Settings with { RequireApproval = ApprovalRule.Always });

    [Test]
    public void Rights_that_the_caller_lacks_block([Values] WorkKind kind) => Play(kind, async (bench, work) =>
    {
        int before = await bench.RunsAsync();

        RunResult result = await bench.RunAsync(work, request => request with
        {
            ObjectionsAsync = (_, _) => new(ImmutableArray.Create(Diagnostic.Error("rightMissing", "No."))),
        });

        Assert.That((result as RunResult.Blocked)?.Cause, Is.EqualTo(BlockCause.Rights));
        Assert.That((Code(result), bench.IsChanged), Is.EqualTo(("rightMissing", false)), $"{before}");
    });

    [Test]
    public void Users_who_are_protected_now_are_not_changed([Values] WorkKind kind) => Play(kind, async (bench, work) =>
    {
        bench.Settings = bench.Settings with { Protected = bench.Settings.Protected.Add("u2@contoso.com", "break glass") };

        RunResult result = await bench.RunAsync(work);

        string? code = result switch
        {
            RunResult.Held held => held.Plan.Plan.Held[0].Code,
            RunResult.Ended => "held",
            _ => Code(result),
        };
        Assert.That((code, bench.IsChanged), Is.EqualTo((kind == WorkKind.Rows ? "held" : HoldCodes.Protected, false)), $"{result}");
    });

    [TestCase(WorkKind.Rows)]
    [TestCase(WorkKind.Change)]
    public void Limits_over_time_hold_for_runs_and_for_single_changes(WorkKind kind) => Play(kind, async (bench, work) =>
    {
        bench.Settings = bench.Settings with { Limits = bench.Settings.Limits with { MaxUpdates = new Limit(0, null) } };

        RunResult result = await bench.RunAsync(work);

        string? guardrail = result switch
        {
            RunResult.OverLimit over => over.Refusal.Budget.Measure.Guardrail(),
            RunResult.Blocked { Cause: BlockCause.Guardrail, Run: { } run } => run.Plan.Guardrails.First(g => g.Verdict == Verdict.Blocked).Name,
            _ => null,
        };
        Assert.That((guardrail, bench.IsChanged), Is.EqualTo(("MaxUpdates", false)), $"{result}");
    });

    [Test]
    public void A_name_that_moved_to_another_account_is_held() => Play(WorkKind.Change, async (bench, _) =>
    {
        StateDigest none = default;
        await bench.States.SaveAsync("tenant-1",
            [new VerifiedState("another-id", none, none, default, DateTimeOffset.UnixEpoch) { Name = "u2@contoso.com", TakesName = true }], default);
        UserChange byName = ChangeBench.Request(2, Some.List(ChangeBench.Phone(8) + ":mobile")) with { User = new UserKey(UserKeyKind.Name, "u2@contoso.com") };

        RunResult held = await bench.RunAsync(new RunWork.Change(byName));
        Assert.That(((held as RunResult.Held)?.Plan.Plan.Held[0].Code, bench.IsChanged), Is.EqualTo((HoldCodes.IdentityChanged, false)), $"{held}");

        RunResult allowed = await bench.RunAsync(new RunWork.Change(byName),
            r => r with { Allowances = new() { MovedNames = Allowances.None.MovedNames.Add("U2@contoso.com") } });
        Assert.That((allowed is RunResult.Done, bench.IsChanged), Is.EqualTo((true, true)), $"{allowed}");
    });

    [Test]
    public void Another_holder_of_the_lock_makes_it_busy_with_what_is_left([Values] WorkKind kind) => Play(kind, async (bench, work) =>
    {
        DateTimeOffset now = bench.Ports.Time.GetUtcNow();
        if (kind == WorkKind.Change)
        {
            await bench.Leases.AcquireAsync(new UserLock("tenant-1", PipelineBench.Uid, "other", null, now + TimeSpan.FromSeconds(90)), now, default);
        }
        else
        {
            LeaseAcquirer other = new(bench.Leases, "tenant-1", bench.Settings.Terms, _ => HolderState.MayLive, bench.Ports.Time);
            await other.TryAsync(bench.Settings.LeaseHolder("other"), default);
        }

        RunResult result = await bench.RunAsync(work);

        Assert.That(((result as RunResult.Busy)?.Holder, bench.IsChanged), Is.EqualTo(("other", false)), $"{result}");
        Assert.That((result as RunResult.Busy)?.RetryAfter, Is.GreaterThan(TimeSpan.FromSeconds(60)).And.LessThanOrEqualTo(TimeSpan.FromMinutes(2)));
    });

    [Test]
    public void Without_consent_nothing_begins_and_what_was_locked_is_free_again([Values] WorkKind kind) => Play(kind, async (bench, work) =>
    {
        int before = await bench.RunsAsync();

        Exception? declined = await ChangeBench.ErrorOf(() => bench.RunAsync(work, consent: new NoConsent()));

        Assert.That((declined is ProvisioningException, bench.IsChanged, await bench.RunsAsync()), Is.EqualTo((true, false, before)), $"{declined}");
        Assert.That((await bench.RunAsync(work)) is RunResult.Ended or RunResult.Done, "the lock was released, and the plan was not claimed");
    });

    [Test]
    public void A_credential_that_cannot_write_is_found_before_anything_begins([Values] WorkKind kind) => Play(kind, async (bench, work) =>
    {
        int before = await bench.RunsAsync();
        bench.Writer.Authenticate = () => throw new TenantException(new ServiceError(ErrorKind.Unauthenticated, "PPtoken", "No token."));

        Exception? refused = await ChangeBench.ErrorOf(() => bench.RunAsync(work));

        Assert.That((refused is TenantException, bench.IsChanged, await bench.RunsAsync()), Is.EqualTo((true, false, before)), $"{refused}");
        bench.Writer.Authenticate = () => Task.CompletedTask;
        Assert.That((await bench.RunAsync(work)) is RunResult.Ended or RunResult.Done, "a saved plan was not claimed");
    });

    [TestCase(WorkKind.Rows)]
    [TestCase(WorkKind.SavedPlan)]
    [TestCase(WorkKind.Change)]
    public void Evidence_begins_before_the_journal(WorkKind kind) => Play(kind, async (bench, work) =>
    {
        int runs = -1;
        RunsWhenEvidenceBegins evidence = new(async () => runs = await bench.RunsAsync());
        bench.Ports = bench.Ports with { Evidence = _ => evidence };

        await bench.RunAsync(work);

        Assert.That((runs, bench.IsChanged), Is.EqualTo((0, true)));
    });

    [Test]
    public void A_dry_run_locks_and_writes_nothing([Values(WorkKind.Rows, WorkKind.Change)] WorkKind kind) => Play(kind, async (bench, work) =>
    {
        await using PreparedRun plan = await bench.PipelineOf().PrepareAsync(PipelineBench.Request(work) with { DryRun = true }, default);

        Assert.That(plan.Head.Summary.Changed, Is.EqualTo(kind == WorkKind.Rows ? 2 : 1));
        Assert.That((bench.IsChanged, await bench.RunsAsync(), await bench.Leases.ReadAsync("TENANT-1", default)), Is.EqualTo((false, 0, (LeaseRecord?)null)));
        Assert.That(await bench.Leases.FindAsync("tenant-1", PipelineBench.Uid, default), Is.Null);
    });

    [TestCase(WorkKind.Rows)]
    [TestCase(WorkKind.Change)]
    public void What_is_allowed_once_on_a_real_tenant_needs_a_reason(WorkKind kind) => Play(kind, async (bench, work) =>
    {
        bench.Ports = bench.Ports with { Tenant = Real(bench) };
        RunRequest Allowing(RunRequest request) => request with { NewStore = true, Allow = ["protected=u2@contoso.com"] };

        Exception? refused = await ChangeBench.ErrorOf(() => bench.RunAsync(work, Allowing));
        Assert.That(((refused as ProvisioningException)?.Code, bench.IsChanged), Is.EqualTo(("reasonNeeded", false)), $"{refused}");

        Assert.That(Code(await bench.RunAsync(work, request => Allowing(request) with { Reason = "CHG-1" })), Is.Null);
        Assert.That(bench.Evidence.Records, Does.Contain("override"));
    });

    private static void Refuses(WorkKind kind, BlockCause cause, string code, Action<PipelineBench> arrange) => Play(kind, async (bench, work) =>
    {
        arrange(bench);

        RunResult result = await bench.RunAsync(work);

        Assert.That(((result as RunResult.Blocked)?.Cause, Code(result), bench.IsChanged), Is.EqualTo(((BlockCause?)cause, code, false)), $"{result}");
    });

    private static void Play(WorkKind kind, Func<PipelineBench, RunWork, Task> play) => VirtualWorld.Run(1, async world =>
    {
        PipelineBench bench = new(world);
        await play(bench, await bench.WorkAsync(kind));
    });

    private static string? Code(RunResult result) => result switch
    {
        RunResult.Blocked blocked => blocked.Why[0].Code,
        RunResult.Ended or RunResult.Done => null,
        _ => result.GetType().Name,
    };

    private static RealSession Real(PipelineBench bench) => new(bench.Session);

    private sealed class NoConsent : IConsent
    {
        public ValueTask AskAsync(PreparedRun run, CancellationToken cancellation) => throw new ProvisioningException("declined", "No.");
    }

    /// <summary>The same tenant, not on this machine.</summary>
    private sealed class RealSession(ModelSession inner) : ITenant
    {
        public TenantIdentity Identity => inner.Identity;

        public bool IsLoopback => false;

        public IUserDirectory Directory => inner.Directory;

        public IMethodsReader Methods => inner.Methods;

        public IChangeFeed Changes => inner.Changes;

        public Engine.Pacing.LearnedRates Learned => inner.Learned;

        public Forecast Forecast(long reads, long writes) => inner.Forecast(reads, writes);

        public void Executing() => inner.Executing();

        public bool MayBegin(int preparing) => inner.MayBegin(preparing);

        public Used Used() => inner.Used();
    }

    private sealed class RunsWhenEvidenceBegins(Func<Task> count) : ModelEvidence
    {
        public override async Task BeginsAsync(RunHeader run, string? reason, CancellationToken cancellation)
        {
            await count();
            await base.BeginsAsync(run, reason, cancellation);
        }
    }
}
