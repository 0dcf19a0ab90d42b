using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Concurrency;

/// <summary>
/// Lets users who are worked on at the same time share their reads: while some reads are in flight, others gather and then
/// leave together, up to twenty in one call. The first reads leave at once.
/// </summary>
/// <param name="inner">Reads up to twenty users a call.</param>
/// <param name="concurrency">Calls in flight at once, at least 1.</param>
public sealed class CoalescedReads(IMethodsReader inner, int concurrency = CoalescedReads.DefaultConcurrency) : IMethodsReader
{
    /// <summary>Calls in flight unless set otherwise: with fewer, slow answers would keep reads waiting that a write waits for.</summary>
    public const int DefaultConcurrency = 16;

    private readonly Lock _gate = new();
    private readonly Queue<PendingRead> _waiting = new();
    private int _inFlight;

    public async ValueTask<ImmutableArray<MethodsReading>> ReadAsync(ImmutableArray<UserRead> users, CancellationToken cancellation)
    {
        if (users.Length != 1) return await inner.ReadAsync(users, cancellation);
        PendingRead me = new(users[0]);
        bool isLeader;
        lock (_gate)
        {
            isLeader = _inFlight < concurrency;
            if (isLeader) _inFlight++;
            else _waiting.Enqueue(me);
        }

        if (!isLeader && await me.Result.Task is { } reading) return [reading];
        return [await LeadAsync(me, cancellation)];
    }

    public ValueTask<DefaultMethod> ReadDefaultAsync(string uid, CancellationToken cancellation) => inner.ReadDefaultAsync(uid, cancellation);

    // All users of a run share one cancellation, so a waiter gets the result of the read it waits for.

    /// <summary>Reads for all that wait, then makes the next that waits the leader.</summary>
    private async ValueTask<MethodsReading> LeadAsync(PendingRead leader, CancellationToken cancellation)
    {
        List<PendingRead> batch = [leader];
        lock (_gate)
        {
            while (batch.Count < IMethodsReader.MaxUsers && _waiting.TryDequeue(out PendingRead? next)) batch.Add(next);
        }

        try
        {
            ImmutableArray<MethodsReading> readings = await inner.ReadAsync([.. batch.Select(p => p.User)], cancellation);
            for (int i = 1; i < batch.Count; i++) batch[i].Result.TrySetResult(readings[i]);
            return readings[0];
        }
        catch (Exception exception)
        {
            foreach (PendingRead pending in batch.Skip(1)) pending.Result.TrySetException(exception);
            throw;
        }
        finally
        {
            HandOn();
        }
    }

    private void HandOn()
    {
        lock (_gate)
        {
            if (_waiting.TryDequeue(out PendingRead? next)) next.Result.TrySetResult(null);
            else _inFlight--;
        }
    }

    /// <summary>A read that waits. Its result is a reading, or null: it leads the next call itself.</summary>
    private sealed class PendingRead(UserRead user)
    {
        public UserRead User { get; } = user;

        public TaskCompletionSource<MethodsReading?> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
