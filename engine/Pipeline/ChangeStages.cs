using System.Collections.Immutable;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Guardrails;
using ProvisioningConnector.Engine.Locking;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>A change of one user. The desired state is a function of the state read, asked again at each read.</summary>
internal sealed class ChangeStages(
    PipelinePorts ports, PipelineSettings settings, RunRequest request, UserChange change, OneUserMemory memory, string runId)
    : Stages(request, runId)
{
    private readonly UserChange _change = change with { Allowances = request.Allowances };
    private IDisposable? _turn;
    private string _uid = string.Empty;
    private DirectoryUser? _account;
    private HeldUserLock? _held;
    private ChangePreview _view;
    private PlanHeader? _head;
    private WindowGrant? _grant;
    private RunHeader? _run;
    private bool _hasBegun;

    public override bool IsOneUser => true;

    /// <inheritdoc/>
    public override PlanHeader Head => _head ?? throw new InvalidOperationException("There is no plan yet.");

    /// <inheritdoc/>
    public override IWriteLock Lock => Held;

    private HeldUserLock Held => _held ?? throw new InvalidOperationException("The user is locked first.");

    private PlannedUser Plan => _view.Plan ?? throw new InvalidOperationException("There is no plan yet.");

    private CurrentMethods Current => _view.Now ?? throw new InvalidOperationException("A plan without a state.");

    private RunHeader Run => _run ?? throw new InvalidOperationException("The run has not begun.");

    private IEvidence Evidence => ports.Evidence(Request.Actor);

    /// <inheritdoc/>
    public override IAsyncEnumerable<PlannedUser> UsersAsync(CancellationToken cancellation) => UserChangeRun.Users(Plan);

    /// <summary>Most requests of a comparing client change nothing: they cost one shared read, no lock, no look at the directory.</summary>
    public override async ValueTask<RunResult?> LookAsync(CancellationToken cancellation)
    {
        (string? uid, RunResult? problem) = await memory.UserChangePlanner.ResolveAsync(_change.User, cancellation);
        if (uid is null) return problem ?? throw new InvalidOperationException("Neither a user nor a reason why there is none.");
        _uid = uid;
        if (Request.DryRun) return null;
        _turn = await memory.Queues.EnterAsync(uid, cancellation);
        return (await memory.UserChangePlanner.LookAsync(_change, uid, null, cancellation)).Settled;
    }

    /// <inheritdoc/>
    public override async ValueTask<RunResult?> OpenAsync(CancellationToken cancellation)
    {
        DemandReason(ports.Tenant);
        (_account, RunResult? problem) = await memory.UserChangePlanner.AccountAsync(_change.User, _uid, cancellation);
        return _account is null ? problem ?? throw new InvalidOperationException("Neither a user nor a reason why there is none.") : null;
    }

    /// <inheritdoc/>
    public override async ValueTask<RunResult?> LockAsync(CancellationToken cancellation)
    {
        for (int tries = 0; ; tries++)
        {
            (_held, UserLock? other) = await HeldUserLock.TryAsync(ports.Locks, settings.LockOn(ports.Tenant.Identity.Id, _uid, RunId, RunId),
                settings.Terms, ports.Time, cancellation);
            if (other is null) return await memory.UserChangePlanner.OnTheWayAsync(_uid, RunId, cancellation);
            if (ports.Locks.PauseFor(other, settings.Terms, settings.LockPauses.AsSpan()[tries..]) is not { } pause)
            {
                TimeSpan left = ports.Locks.Left(other);
                return new RunResult.Busy(other.Holder, left > TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1));
            }

            await Task.Delay(pause, ports.Time, cancellation);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<RunResult?> PlanAsync(CancellationToken cancellation)
    {
        _view = await memory.UserChangePlanner.LookAsync(_change, _uid, _account, cancellation);
        // The plan of a dry run shows also what is held, and that nothing is to be done.
        bool isShown = Request.DryRun && _view is { Plan: not null, Settled: not RunResult.Invalid };
        if (_view.Settled is { } settled && !isShown) return settled;
        long population = await memory.UserChangePlanner.PopulationAsync(cancellation);
        _head = UserChangeRun.Plan(ports, settings, Request, _change, Plan, population);
        return null;
    }

    /// <inheritdoc/>
    public override bool TakesBack => _change.TakesBack;

    /// <summary>Limits over time: reserved in one transaction; only looked at in a dry run.</summary>
    public override async ValueTask<RunResult?> JudgeAsync(CancellationToken cancellation)
    {
        WindowClaim claim = memory.UserChangePlanner.Claim(Request.Actor, Plan.Plan, Head.Population);
        if (Request.DryRun)
        {
            WindowAnswer would = RollingLimits.Judge(
                claim, await ports.Windows.UseAsync(claim.TenantId, null, claim.At, cancellation),
                await ports.Windows.UseAsync(claim.TenantId, claim.Actor, claim.At, cancellation),
                await ports.Windows.OpeningsAsync(claim.TenantId, claim.At, cancellation));
            if (SecondPerson.Missing(settings.RequireApproval, Plan, _change.TakesBack) is { } missing) _head = Head with
            {
                Guardrails = Head.Guardrails.Add(SecondPerson.Verdict(missing)),
            };
            return new RunResult.Planned(Head, Plan, (would as WindowAnswer.Refused)?.Refusal);
        }

        if (claim.Writes == AppliedWrites.None) return null;
        cancellation.ThrowIfCancellationRequested();
        WindowAnswer answer = await ports.Windows.ReserveAsync(claim, CancellationToken.None);
        if (answer is WindowAnswer.Refused refused) return new RunResult.OverLimit(Plan, refused.Refusal, Current);
        _grant = (answer as WindowAnswer.Granted)?.Grant;
        return null;
    }

    /// <inheritdoc/>
    public override ValueTask<ImmutableArray<Diagnostic>> MissingApprovalAsync(CancellationToken cancellation) =>
        new(SecondPerson.Missing(settings.RequireApproval, Plan, _change.TakesBack) is { } missing ? [missing] : ImmutableArray<Diagnostic>.Empty);

    /// <summary>What protects the user is held in their plan.</summary>
    public override ValueTask<ImmutableArray<Diagnostic>> ProtectionsAsync(CancellationToken cancellation) => new(ImmutableArray<Diagnostic>.Empty);

    /// <inheritdoc/>
    public override ValueTask<RunResult> BlockAsync(BlockCause cause, ImmutableArray<Diagnostic> why, CancellationToken cancellation) =>
        new(new RunResult.Blocked(cause, why) { User = Plan });

    /// <inheritdoc/>
    public override async ValueTask<RunResult?> ReadyAsync(ITenantWriter writer, CancellationToken cancellation)
    {
        await writer.AuthenticateAsync(cancellation);
        try
        {
            await Held.ServeAsync(RunId, cancellation);
            await Held.EnsureAsync(cancellation);
        }
        catch (LeaseLostException)
        {
            return new RunResult.Busy("another process", TimeSpan.FromSeconds(1));
        }

        cancellation.ThrowIfCancellationRequested();
        return null;
    }

    /// <inheritdoc/>
    public override async ValueTask BeginAsync(CancellationToken cancellation)
    {
        RunHeader run = UserChangeRun.Begin(RunId, Head, ports.Time.GetUtcNow());
        if (!Request.Allow.IsEmpty) await Evidence.OverriddenAsync(Head, Request.Allow, Request.Recorded, CancellationToken.None);
        await Evidence.BeginsAsync(run, Request.Recorded, CancellationToken.None);
        await ports.Store.BeginAsync(run, UserChangeRun.Users(Plan), CancellationToken.None);
        await ports.States.UnsettleAsync(ports.Tenant.Identity.Id, [_uid], CancellationToken.None);
        (_run, _hasBegun) = (run, true);
    }

    /// <inheritdoc/>
    public override async ValueTask<RunResult?> ExecuteAsync(RunAuthority authority, ITenantWriter writer)
    {
        IEvidenceJournal journal = Evidence.Journal(Run, ports.Store);
        journal.Begins(new RunUser(Plan, null));
        UserExecutor executor = new(ports.Reads, new EnvelopeWriter(writer, _change.Envelope), journal, ports.Time, settings.Execution)
        {
            Check = NoMembership.Instance,
        };
        UserExecutionState work = new(authority.For(_uid), Plan, Head.Policy) { GoOn = "Make the change again: a repeat sends only what is left." };
        bool halted;
        using (CancellationTokenSource halt = CancellationTokenSource.CreateLinkedTokenSource(ports.Signals.Cut, Held.Lost))
        {
            await executor.ExecuteAsync(work, lastPass: true, new EndSignals(halt.Token, halt.Token), CancellationToken.None);
            halted = halt.IsCancellationRequested;
        }

        UserResult result = work.ToResult();
        ImmutableArray<int> open = [.. Enumerable.Range(0, work.Approved.Length).Where(work.HasOpenIntent)];
        bool cut = !work.IsSettled && open.IsEmpty;
        // Its wait for the truth was cut short: the next change of the user must not be overtaken by it.
        Held.MayLand = halted && !open.IsEmpty;
        // Nothing is on its way, so what became of the user is known. What is open is settled from a reading when it cannot land any more.
        if (cut) await journal.UserAsync(RunId, _uid, result, CancellationToken.None);
        RunUser user = new(Plan, result) { OpenIntents = open };
        await ports.SignInsOf(Head).ConcludeAsync(user, CancellationToken.None);
        RunHeader ended = UserChangeRun.End(Run, user, result, ports.Time.GetUtcNow());
        await ports.Store.UpdateAsync(ended, CancellationToken.None);
        await ReleaseAsync(ended);
        memory.Recent.Note(_uid, result);
        await Evidence.EndsAsync(ended, CancellationToken.None);
        string? problem = await Evidence.ConcludeAsync(CancellationToken.None);
        if (result.Stale)
        {
            // The user moved between our read and the first write, and nothing was sent: this run is over, and the next plan is another one.
            (RunId, _run, _hasBegun) = (settings.NewId('r'), null, false);
            return null;
        }

        ChangeRecord record = new(ended, Plan, result, await ReadAsync());
        return Outcome(record, !open.IsEmpty, cut) with { EvidenceProblem = problem };
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        try
        {
            if (_grant is { } grant && !_hasBegun) await ports.Windows.ReleaseAsync(grant, grant.Claim.Writes, CancellationToken.None);
        }
        finally
        {
            if (_held is not null) await _held.DisposeAsync();
            _turn?.Dispose();
        }
    }

    private static RunResult.Finished Outcome(ChangeRecord record, bool isOpen, bool isCut)
    {
        if (isOpen) return new RunResult.Unknown(record);
        if (isCut) return new RunResult.Cut(record);
        return record.Result.Outcome switch
        {
            UserOutcome.Done => record.Plan.Plan.Held.IsEmpty ? new RunResult.Done(record) : new RunResult.PartlyDone(record),
            UserOutcome.Unknown => new RunResult.Unknown(record),
            UserOutcome.Failed or UserOutcome.Skipped or UserOutcome.Stale => new RunResult.PartlyDone(record),
        };
    }

    /// <summary>The state afterwards; null when it could not be read.</summary>
    private async ValueTask<CurrentMethods?> ReadAsync()
    {
        MethodsReading reading = await memory.UserChangePlanner.ReadAsync(_uid, _change.Also, CancellationToken.None);
        if (reading is not MethodsReading.Complete { Methods: var now }) return null;
        return _change.DefaultMethod ? now with { Default = await ports.Reads.ReadDefaultAsync(_uid, CancellationToken.None) } : now;
    }

    /// <summary>Gives back what was reserved and is certain not to have been applied.</summary>
    private async ValueTask ReleaseAsync(RunHeader ended)
    {
        if (_grant is not { } grant) return;
        _grant = null;
        AppliedWrites applied = ended.Applied.Aggregate(AppliedWrites.None, static (sum, hour) => sum.Plus(hour.Writes));
        AppliedWrites asked = grant.Claim.Writes;
        AppliedWrites unused = new(
            Math.Max(0, asked.Add - applied.Add), Math.Max(0, asked.Update - applied.Update),
            Math.Max(0, asked.Delete - applied.Delete), Math.Max(0, asked.LastPhone - applied.LastPhone));
        if (unused != AppliedWrites.None) await ports.Windows.ReleaseAsync(grant, unused, CancellationToken.None);
    }
}
