using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ProvisioningConnector.Engine.Concurrency;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Locking;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Memory;
using ProvisioningConnector.Engine.Runs.Moves;
using ProvisioningConnector.Engine.Runs.Quarantine;

namespace ProvisioningConnector.Engine.Runs;

/// <summary>
/// Executes the plan of many users, and continues it after an interruption: both take the users from the store and work
/// on everybody who has operations and no result. Users go concurrently; the ambiguous ones get a second pass at the end.
/// </summary>
/// <param name="store">Where runs are written down.</param>
/// <param name="executor">Works on one user.</param>
/// <param name="time">The clock.</param>
/// <param name="settings">How to go about it.</param>
/// <param name="progress">Receives progress.</param>
/// <param name="quarantines">Remembers that the tenant is not to be worked with; null: the run stops all the same, but nothing is remembered.</param>
public sealed class RunExecutor(
    IRunStore store, UserExecutor executor, TimeProvider time, RunSettings settings, IRunProgress progress, IQuarantines? quarantines = null)
    : IDisposable
{
    private readonly UserLockCoordinator _turns = new(executor, store, settings.Lease, settings.Locks, time);
    private readonly RunBrakes _brakes = new();
    // A passing outage of reads costs nothing: its users get the second pass. Writes that something else answers are in doubt, each for a while.
    private readonly TransportBrake _wayOfReads = new(TimeSpan.FromMinutes(5), time);
    private readonly TransportBrake _wayOfWrites = new(TimeSpan.FromMinutes(1), time);
    private readonly ConcurrentQueue<UserExecutionState> _deferred = new();

    // Users with a request of before the interruption that may still land: they wait, and no one waits for them.
    private readonly ConcurrentQueue<UserExecutionState> _recalled = new();
    private MoveQueue _moves = new();
    private readonly CancellationTokenSource _brakeStop = new();

    // Anyone who lost the lease, or the credential, sends nothing more, not even to users who have begun.
    private readonly CancellationTokenSource _cut = CancellationTokenSource.CreateLinkedTokenSource(settings.Cut,
        settings.Lease?.Lost ?? CancellationToken.None);
    private int _started;
    private int _canaryFailures;
    private long _landed;
    private long _foundDone;
    private long _seen = long.MinValue;
    private int _done;
    private Diagnostic? _cause;
    private Diagnostic? _problem;
    private Diagnostic? _wayBlocked;
    private bool _superseded;

    public void Dispose()
    {
        _brakeStop.Dispose();
        _cut.Dispose();
    }

    /// <summary>Works the run off and gives its head with the outcome; the users' results are in the store.</summary>
    /// <param name="run">A run that the store knows (<see cref="IRunStore.BeginAsync"/>).</param>
    /// <param name="authority">The right to write in this run.</param>
    /// <param name="stop">First signal: finish users who have begun, until <see cref="RunSettings.Cut"/>; begin no others.</param>
    /// <param name="cancellation">Second signal: give up at once.</param>
    public async Task<RunHeader> RunAsync(RunHeader run, RunAuthority authority, CancellationToken stop, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(authority);
        using CancellationTokenSource halt = CancellationTokenSource.CreateLinkedTokenSource(stop,
            _brakeStop.Token, settings.Lease?.Lost ?? CancellationToken.None);
        bool canaryFailed = false;
        try
        {
            if (settings.Lease is { } lease) await lease.WaitAsync(openIntents: false, halt.Token, cancellation);
            if (!await ProbeAsync(run, authority, halt.Token, cancellation)) return await FinishAsync(run, canaryFailed, cancellation);
            if (settings.Canary is { } canary)
            {
                await PassesAsync(run, authority, new(Math.Min(canary, settings.Limit ?? canary), settings.Limit is null), halt.Token, cancellation);
                canaryFailed = _canaryFailures > 0 || settings.CanaryHasFailed;
            }

            if (!canaryFailed) await PassesAsync(run, authority, new(settings.Limit), halt.Token, cancellation);
        }
        catch (TenantException exception)
        {
            _problem = Diagnostic.Error(exception.Error.Code, $"{exception.Error.Message} {exception.Error.Advice}".TrimEnd());
        }
        catch (StoreException exception) when (exception.Problem == StoreProblem.Superseded)
        {
            // Another holder has the tenant. If it goes on with this very run, what that comes to stands in its report.
            _superseded = true;
        }

        return await FinishAsync(run, canaryFailed, cancellation);
    }

    /// <summary>In a quarantined tenant some users go first; false when the others must not.</summary>
    private async Task<bool> ProbeAsync(RunHeader run, RunAuthority authority, CancellationToken stop, CancellationToken cancellation)
    {
        string tenant = run.Plan.Tenant.Id;
        if (quarantines is null || await quarantines.FindAsync(tenant, cancellation) is not { } quarantine) return true;
        long probe = Math.Min(TenantQuarantine.Probe, settings.Limit ?? TenantQuarantine.Probe);
        await PassesAsync(run, authority, new(probe), stop, cancellation);
        bool tooFew = _started == 0 || (_started < TenantQuarantine.Probe && _started == settings.Limit);
        if (_done < _started && !stop.IsCancellationRequested) _problem = quarantine.Continued();
        if (_done < _started || tooFew || stop.IsCancellationRequested) return false;
        await quarantines.EndAsync(tenant, cancellation);
        return true;
    }

    /// <summary>Users in the order of the source, those in doubt once more, then users who wait for one another.</summary>
    private async Task PassesAsync(RunHeader run, RunAuthority authority, BeginBound bound, CancellationToken stop, CancellationToken cancellation)
    {
        long before = _started;
        _moves = new MoveQueue();
        await PassAsync(run, authority, bound.Most, stop, cancellation);
        await SecondPassAsync(stop, cancellation);
        // Who has begun to exchange numbers is finished with the others, as one user is.
        while (!_cut.IsCancellationRequested
            && _moves.Next(bound.Most - _started, stop.IsCancellationRequested, bound.MayExceed && _started == before) is { IsEmpty: false } wave)
        {
            progress.Begin(RunStep.Write, TotalOf(run), Interlocked.Read(ref _landed) + _foundDone);
            await FlyAsync(wave.Select(user => user.Begin(one => Begin(one, run, authority))).ToAsyncEnumerable(), RunStep.Write, _cut.Token, cancellation);
            progress.Finish();
            await SecondPassAsync(_cut.Token, cancellation);
            MoveQueue.Landed(wave);
        }
    }

    private async Task PassAsync(RunHeader run, RunAuthority authority, long? most, CancellationToken stop, CancellationToken cancellation)
    {
        progress.Begin(RunStep.Write, TotalOf(run), Interlocked.Read(ref _landed) + _foundDone);
        await FlyAsync(OpenUsersAsync(run, authority, most, stop, cancellation), RunStep.Write, stop, cancellation);
        await FlyAsync(DrainAsync(_recalled, stop, cancellation), RunStep.Write, stop, cancellation);
        progress.Finish();
    }

    private Task FlyAsync(IAsyncEnumerable<UserExecutionState> works, RunStep step, CancellationToken stop, CancellationToken cancellation) =>
        BoundedConcurrency.ForEachAsync(works, settings.UsersInFlight, settings.MayBegin, async (work, begun, c) =>
        {
            work.OnFirstAnswer = begun;
            await _turns.ExecuteAsync(work, lastPass: step == RunStep.SecondPass, new EndSignals(stop, _cut.Token), c);
            if (work.IsDeferred) _deferred.Enqueue(work);
            else Landed(work, step);
        }, cancellation);

    /// <summary>Users to be worked on, those done before an interruption included; unknown where a limit meets those.</summary>
    private long? TotalOf(RunHeader run) => settings.Limit is not { } limit ? run.Plan.Summary.Changed
        : run.ResumedAt.IsEmpty ? Math.Min(limit, run.Plan.Summary.Changed)
        : null;

    private async Task SecondPassAsync(CancellationToken stop, CancellationToken cancellation)
    {
        if (_deferred.IsEmpty) return;
        progress.Begin(RunStep.SecondPass, _deferred.Count);
        await FlyAsync(DrainAsync(_deferred, stop, cancellation), RunStep.SecondPass, stop, cancellation);
        progress.Finish();
    }

    private static async IAsyncEnumerable<UserExecutionState> DrainAsync(ConcurrentQueue<UserExecutionState> queue,
        CancellationToken stop, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (!stop.IsCancellationRequested && !cancellation.IsCancellationRequested && queue.TryDequeue(out UserExecutionState? work)) yield return work;
        await Task.CompletedTask;
    }

    /// <summary>Users with operations and without a result, from the store; at most <paramref name="most"/> in this call's run.</summary>
    private async IAsyncEnumerable<UserExecutionState> OpenUsersAsync(
        RunHeader run, RunAuthority authority, long? most, CancellationToken stop, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (_started >= most) yield break;
        await foreach (RunUser user in store.UsersAsync(run.RunId, cancellation))
        {
            if (stop.IsCancellationRequested || _started >= most) yield break;
            if (user.Planned.Plan.Operations.IsEmpty) continue;
            bool seen = user.Planned.Row.Ordinal <= _seen;
            if (!seen) _seen = user.Planned.Row.Ordinal;
            bool moves = user.Planned.Plan.Move is { IsOrdered: true };
            if (moves) _moves.Add(user);
            if (user.Result is not null && !seen) FoundDone();
            if (user.Result is not null || moves) continue;
            UserExecutionState work = Begin(user, run, authority);
            if (user.OpenIntents.IsEmpty) yield return work;
            else _recalled.Enqueue(work);
        }

        _moves.IsComplete = true;
    }

    private UserExecutionState Begin(RunUser user, RunHeader run, RunAuthority authority)
    {
        UserExecutionState work = new(authority.For(Uid(user)), user.Planned, run.Plan.Policy) { CanBeResumed = true };
        work.IsWayBlocked = () => _wayBlocked is not null || _wayOfReads.IsRow || _wayOfWrites.IsRow;
        work.OnRead = error => ObserveWay(_wayOfReads, work, error);
        work.OnWrite = error => ObserveWay(_wayOfWrites, work, error);
        foreach ((int index, OperationResult result) in user.Recorded.OrderBy(static r => r.Key)) work.Recall(index, result);
        foreach (int index in user.OpenIntents) work.RecallIntent(index, time.GetTimestamp());
        _started++;
        settings.Begins(user);
        return work;
    }

    private static string Uid(RunUser user) => user.Planned.User?.Uid ?? throw new InvalidOperationException("Only users that were found are written to.");

    /// <summary>Settled before this process began, by an earlier part of the run.</summary>
    private void FoundDone()
    {
        _foundDone++;
        progress.Skip(RunStep.Write, 1);
    }

    private void Landed(UserExecutionState work, RunStep step)
    {
        if (!work.IsSettled) return;
        UserResult result = work.ToResult();
        if (result.Outcome != UserOutcome.Done || !result.Verified) Interlocked.Increment(ref _canaryFailures);
        if (result.Outcome == UserOutcome.Done) Interlocked.Increment(ref _done);
        Interlocked.Increment(ref _landed);
        progress.Advance(step, 1);
        if (result.Outcome is UserOutcome.Failed or UserOutcome.Unknown or UserOutcome.Stale) progress.Mark(step, StepMark.Failed);
        if (_brakes.Observe(work.Credential, result.Outcome) is not { } cause) return;
        _cause ??= cause;
        _problem = _cause;
        _brakeStop.Cancel();
        _cut.Cancel();
    }

    /// <summary>Where nothing reaches the tenant no further user is begun; those who have begun are read once more, and the run can be resumed.</summary>
    private void ObserveWay(TransportBrake brake, UserExecutionState work, ServiceError? error)
    {
        brake.Observe(work.Uid, error);
        if (brake.Blocked is not { } blocked) return;
        _wayBlocked ??= blocked;
        _brakeStop.Cancel();
    }

    private async Task<RunHeader> FinishAsync(RunHeader run, bool canaryFailed, CancellationToken cancellation)
    {
        (JournalCount counts, WriteVisibility sighting, long sent) = (new(), new(), 0);
        AppliedCount applied = new(run.ResumedAt.IsEmpty ? run.StartedAt : run.ResumedAt[^1]);
        await foreach (RunUser user in store.UsersAsync(run.RunId, cancellation))
        {
            if (settings.Ended is { } look) await look(user, cancellation);
            if (user.Planned.Plan.Operations.IsEmpty) continue;
            applied.Observe(user);
            sent += AppliedCount.Sent(user);
            counts = counts.Plus(user);
            sighting = sighting.Plus(user);
        }

        if (_cause is { } cause && quarantines is not null)
        {
            await quarantines.BeginAsync(new TenantQuarantine(run.Plan.Tenant.Id, time.GetUtcNow(), run.RunId, cause.Code, cause.Message), cancellation);
        }

        try
        {
            RunHeader ended = Ended(run with { Applied = applied.Hours }, canaryFailed, counts, sighting, sent);
            await store.UpdateAsync(ended, cancellation);
            return ended;
        }
        catch (StoreException exception) when (exception.Problem == StoreProblem.Superseded)
        {
            _superseded = true;
            return Ended(run with { Applied = applied.Hours }, canaryFailed, counts, sighting, sent);
        }
    }

    private RunHeader Ended(RunHeader run, bool canaryFailed, JournalCount counts, WriteVisibility sighting, long sent)
    {
        run = counts.AsLeft(run);
        ImmutableArray<Diagnostic> diagnostics = canaryFailed
            ? [Diagnostic.Error("canaryFailed",
                "The first users were not all done and verified, so the others were not started. Check them, then resume the run or plan again.")]
            : [];
        if (_cause is not null && quarantines is not null) diagnostics = [TenantQuarantine.Begun, .. diagnostics];
        if (_wayBlocked is { } blocked) diagnostics = [blocked, .. diagnostics];
        if (sighting.IsNothingSeen) diagnostics = [WriteVisibility.NothingSeen, .. diagnostics];
        if (_superseded || settings.Lease is { IsLost: true }) diagnostics = [LeaseDiagnostics.Lost(settings.Lease?.LostTo), .. diagnostics];
        return run with
        {
            EndedAt = time.GetUtcNow(),
            Outcome = _superseded ? RunOutcome.Interrupted : OutcomeOf(run, counts.Unsettled(run.Plan.Summary), sighting),
            Used = run.ResumedAt.IsEmpty ? settings.Used() : settings.Used()?.After(run.Used, sent) ?? run.Used,
            Diagnostics = _problem is null ? diagnostics : [_problem, .. diagnostics],
        };
    }

    private RunOutcome OutcomeOf(RunHeader run, long open, WriteVisibility sighting)
    {
        if (_problem is not null) return RunOutcome.Failed;
        if (open > 0) return RunOutcome.Interrupted;
        Summary summary = run.Plan.Summary;
        bool allWell = run.Outcomes.Total == run.Outcomes.Done && !sighting.IsNothingSeen
            && summary.Invalid + summary.NotFound + summary.NotRead + summary.HeldNotStanding == 0;
        return allWell ? RunOutcome.Succeeded : RunOutcome.Partial;
    }
}
