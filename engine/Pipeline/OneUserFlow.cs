using System.Collections.Concurrent;
using ProvisioningConnector.Engine.Concurrency;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Locking;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>
/// The one way in which a single user is changed: by a request of the facade, or by a verb. Read, plan, hold, lock, reserve, write down,
/// execute, verify. One user is never changed by two at once; a change that has begun is finished whatever becomes of its caller.
/// </summary>
public sealed class OneUserFlow
{
    private const int MostTries = 3;
    private readonly ChangePorts _ports;
    private readonly ChangeSettings _settings;
    private readonly UserQueues _queues = new();
    private readonly ConcurrentDictionary<Task, bool> _inFlight = new();
    private readonly Survey _survey;
    private readonly ChangeExecution _execution;
    private readonly CancellationToken _stop;

    /// <param name="ports">What it works with.</param>
    /// <param name="settings">What is in force.</param>
    /// <param name="signals">At the first no change begins any more and those that have begun
    /// are finished; at the second they are left between two operations.</param>
    public OneUserFlow(ChangePorts ports, ChangeSettings settings, EndSignals signals)
    {
        ArgumentNullException.ThrowIfNull(ports);
        ArgumentNullException.ThrowIfNull(settings);
        RecentWrites recent = new(ports.Time, settings.OwnWritesShownWithin);
        (_ports, _settings, _stop) = (ports, settings, signals.Stop);
        _survey = new Survey(ports, settings, recent, signals.Stop);
        _execution = new ChangeExecution(ports, settings, _survey, recent, signals);
    }

    /// <summary>Changes that have begun and are not at their end.</summary>
    public int InFlight => _inFlight.Count;

    /// <summary>Makes a change, or its plan.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="cancellation">The caller goes away: what has not begun is dropped, what has begun goes on without him.</param>
    /// <exception cref="TenantException">The tenant cannot be worked with.</exception>
    /// <exception cref="StoreException">The store does not work; nothing more was sent.</exception>
    /// <exception cref="OperationCanceledException">The caller went away, or the process was asked to stop before the change began.</exception>
    public async Task<ChangeResult> ChangeAsync(ChangeRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        (string? uid, ChangeResult? trouble) = await _survey.ResolveAsync(request.User, cancellation);
        if (uid is null) return trouble ?? throw new InvalidOperationException("Neither a user nor a reason why there is none.");
        if (request.DryRun) return await _survey.PlanAsync(request, uid, cancellation);
        Task<ChangeResult> work = WorkAsync(request, uid, cancellation);
        if (work.IsCompleted) return await work;
        _inFlight[work] = true;
        try
        {
            return await work.WaitAsync(cancellation);
        }
        finally
        {
            if (work.IsCompleted) _inFlight.TryRemove(work, out _);
            else _ = ForgetAsync(work);
        }
    }

    /// <summary>Waits until everything that has begun is at its end, its troubles aside: those who asked were told, or are gone and the run tells.</summary>
    public async Task DrainAsync(CancellationToken cancellation)
    {
        foreach (Task work in _inFlight.Keys)
        {
            await Task.WhenAny(work).WaitAsync(cancellation);
            _inFlight.TryRemove(work, out _);
        }
    }

    /// <summary>A change whose caller is gone: when it ends, an error of it is in nobody's way; its run stays unfinished and is found again.</summary>
    private async Task ForgetAsync(Task<ChangeResult> work)
    {
        try
        {
            await work;
        }
        catch (OperationCanceledException)
        {
            // It had not begun.
        }
        catch (Exception trouble)
        {
            _settings.Abandoned(trouble);
        }

        _inFlight.TryRemove(work, out _);
    }

    private async Task<ChangeResult> WorkAsync(ChangeRequest request, string uid, CancellationToken gone)
    {
        // Until something is reserved and written down, both end it: its caller, and the signal to stop.
        using CancellationTokenSource unbegun = CancellationTokenSource.CreateLinkedTokenSource(gone, _stop);
        CancellationToken cancellation = unbegun.Token;
        using IDisposable turn = await _queues.EnterAsync(uid, cancellation);
        for (int left = MostTries; ; left--)
        {
            // Most requests of a comparing client change nothing: they cost one shared read, no lock, no look at the directory.
            View first = await _survey.LookAsync(request, uid, null, cancellation);
            if (first.Settled is { } settled) return settled;
            (DirectoryUser? account, ChangeResult? trouble) = await _survey.AccountAsync(request.User, uid, cancellation);
            if (account is null) return trouble ?? throw new InvalidOperationException("Neither a user nor a reason why there is none.");
            string runId = _settings.NewId('r');
            (HeldUser? held, UserLock? other) = await LockAsync(uid, runId, cancellation);
            if (held is null) return Busy(other);
            await using (held)
            {
                if (await _survey.OnTheWayAsync(uid, runId, cancellation) is { } busy) return busy;
                View view = await _survey.LookAsync(request, uid, account, cancellation);
                if (view.Settled is { } known) return known;
                ChangeResult? result = await _execution.GoAsync(request, view, runId, held, cancellation);
                // The user moved between our read and the first write, and nothing was sent: look again, as often as it is worth while.
                if (result is not null) return result;
            }

            if (left == 1) return new ChangeResult.Busy("somebody else", TimeSpan.FromSeconds(10));
        }
    }

    private async ValueTask<(HeldUser? Held, UserLock? Other)> LockAsync(string uid, string runId, CancellationToken cancellation)
    {
        for (int tries = 0; ; tries++)
        {
            (HeldUser? held, UserLock? other) = await HeldUser.TryAsync(
                _ports.Locks, _settings.LockOn(uid, runId), _settings.LockTerms, _ports.Time, cancellation);
            if (other is null) return (held, null);
            if (_ports.Locks.PauseFor(other, _settings.LockTerms, _settings.LockPauses.AsSpan()[tries..]) is not { } pause) return (null, other);
            await Task.Delay(pause, _ports.Time, cancellation);
        }
    }

    /// <summary>What is left of the lock, at least a second: then it has ended, unless its holder renews it.</summary>
    private ChangeResult.Busy Busy(UserLock? other)
    {
        if (other is null) throw new InvalidOperationException("Neither a user nor who has them.");
        TimeSpan left = _ports.Locks.Left(other);
        return new ChangeResult.Busy(other.Holder, left > TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1));
    }
}
