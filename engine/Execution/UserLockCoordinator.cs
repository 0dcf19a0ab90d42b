using ProvisioningConnector.Engine.Concurrency;
using ProvisioningConnector.Engine.Locking;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Execution;

/// <summary>
/// Sees to it that a user is worked on by one at a time: requests of an earlier holder of the lease are waited for, and the
/// user is locked against others who write. Who cannot have a user yet comes back at the end of the run.
/// </summary>
internal sealed class UserLockCoordinator(UserExecutor executor, IRunJournal journal, TenantLease? lease, UserLocking? locks, TimeProvider time)
{
    private static readonly TimeSpan[] ShortPauses = [TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(0.75), TimeSpan.FromSeconds(2)];
    private static readonly TimeSpan[] LongPauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(27)];

    /// <summary>As <see cref="UserExecutor.ExecuteAsync"/>, when it is our turn.</summary>
    public async ValueTask ExecuteAsync(UserExecutionState work, bool lastPass, EndSignals signals, CancellationToken cancellation)
    {
        if (lease is null)
        {
            await executor.ExecuteAsync(work, lastPass, signals, cancellation);
            return;
        }

        work.IsDeferred = false;
        if (await lease.MustWaitAsync(work.Uid, cancellation))
        {
            if (!lastPass)
            {
                work.IsDeferred = true;
                return;
            }

            if (!await lease.WaitAsync(openIntents: true, signals.For(work), cancellation)) return;
        }

        if (locks is null) await executor.ExecuteAsync(work, lastPass, signals, cancellation);
        else await LockedAsync(locks, work, lease.Record, lastPass, signals, cancellation);
    }

    private async ValueTask LockedAsync(UserLocking all, UserExecutionState work, LeaseRecord mine, bool lastPass, EndSignals signals,
        CancellationToken cancellation)
    {
        UserLock? other = await LockAsync(all, work, mine, lastPass ? LongPauses : ShortPauses, signals.For(work), cancellation);
        // What is left to expire, such as the lock of a process that is gone, is worth a last wait: no one sends under it any more.
        if (other is not null && lastPass && all.Left(other) <= mine.RequestTimeout
            && await Pause.ForAsync(all.Left(other), time, signals.For(work), cancellation)) other = await all.TryAsync(Ours(work, mine), cancellation);
        if (other is null)
        {
            try
            {
                await executor.ExecuteAsync(work, lastPass, signals, cancellation);
            }
            finally
            {
                await all.ReleaseAsync(Ours(work, mine));
            }
        }
        else if (!lastPass)
        {
            work.IsDeferred = true;
        }
        else if (!signals.For(work).IsCancellationRequested)
        {
            await SkipAsync(work, other, cancellation);
        }
    }

    /// <summary>Null when the user is ours; otherwise the lock that stayed in the way.</summary>
    private async ValueTask<UserLock?> LockAsync(
        UserLocking all, UserExecutionState work, LeaseRecord mine, TimeSpan[] pauses, CancellationToken stop, CancellationToken cancellation)
    {
        for (int tries = 0; ; tries++)
        {
            UserLock? other = await all.TryAsync(Ours(work, mine), cancellation);
            if (other is null || all.PauseFor(other, new LeaseTerms(mine.Duration, mine.RequestTimeout), pauses.AsSpan(tries)) is not { } pause
                || !await Pause.ForAsync(pause, time, stop, cancellation)) return other;
        }
    }

    /// <summary>Renewed together with the lease, so that it outlives every request that the lease lets leave.</summary>
    private UserLock Ours(UserExecutionState work, LeaseRecord mine) => new(
        mine.TenantId, work.Uid, mine.Holder.RunId, mine.Epoch, time.GetUtcNow() + mine.Duration)
    {
        Process = mine.Holder, RequestTimeout = mine.RequestTimeout,
    };

    private async ValueTask SkipAsync(UserExecutionState work, UserLock other, CancellationToken cancellation)
    {
        for (int i = 0; i < work.Approved.Length; i++)
        {
            if (work.Result(i) is not null) continue;
            OperationResult result = work.HasOpenIntent(i)
                ? RemainingOperations.Unanswered(work, i) : new(work.Approved[i], OperationOutcome.Skipped, Error: new OperationError(
                ExecutionCodes.UserLocked, $"Not sent: '{other.Holder}' was changing this user until the end of the run. Plan again when that has ended."));
            work.Settle(i, result);
            await journal.OutcomeAsync(work.RunId, work.Uid, i, result, cancellation);
        }

        await journal.UserAsync(work.RunId, work.Uid, work.ToResult(), cancellation);
    }
}
