using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Concurrency;

/// <summary>
/// Lets users who are worked on at the same time share their reads: while some reads are in flight, others gather and then
/// leave together, up to twenty in one call. No one waits for company: the first reads leave at once.
/// </summary>
/// <param name="inner">Reads up to twenty users a call.</param>
/// <param name="flights">Calls in flight at once, at least 1.</param>
public sealed class CoalescedReads(IMethodsReader inner, int flights = CoalescedReads.BoundedConcurrency) : IMethodsReader
{
    /// <summary>Calls in flight unless set otherwise: with fewer, slow answers would keep reads waiting that a write waits for.</summary>
    public const int BoundedConcurrency = 16;

    private readonly Lock _gate = new();
    private readonly Queue<Passenger> _waiting = new();
    private int _flying;

    public async ValueTask<ImmutableArray<MethodsReading>> ReadAsync(ImmutableArray<UserRead> users, CancellationToken cancellation)
    {
        if (users.Length != 1) return await inner.ReadAsync(users, cancellation);
        Passenger me = new(users[0]);
        bool pilot;
        lock (_gate)
        {
            pilot = _flying < flights;
            if (pilot) _flying++;
            else _waiting.Enqueue(me);
        }

        if (!pilot && await me.Ticket.Task is { } landed) return [landed];
        return [await FlyAsync(me, cancellation)];
    }

    public ValueTask<DefaultMethod> ReadDefaultAsync(string uid, CancellationToken cancellation) => inner.ReadDefaultAsync(uid, cancellation);

    // All users of a run share one cancellation, so a waiter gets the result of the read it waits for.

    /// <summary>Takes everybody who waits along, then hands the flight on to the next who waits.</summary>
    private async ValueTask<MethodsReading> FlyAsync(Passenger pilot, CancellationToken cancellation)
    {
        List<Passenger> aboard = [pilot];
        lock (_gate)
        {
            while (aboard.Count < IMethodsReader.MaxUsers && _waiting.TryDequeue(out Passenger? next)) aboard.Add(next);
        }

        try
        {
            ImmutableArray<MethodsReading> readings = await inner.ReadAsync([.. aboard.Select(p => p.User)], cancellation);
            for (int i = 1; i < aboard.Count; i++) aboard[i].Ticket.TrySetResult(readings[i]);
            return readings[0];
        }
        catch (Exception exception)
        {
            foreach (Passenger passenger in aboard.Skip(1)) passenger.Ticket.TrySetException(exception);
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
            if (_waiting.TryDequeue(out Passenger? next)) next.Ticket.TrySetResult(null);
            else _flying--;
        }
    }

    /// <summary>A read that waits. Its ticket is a reading, or null: fly yourself.</summary>
    private sealed class Passenger(UserRead user)
    {
        public UserRead User { get; } = user;

        public TaskCompletionSource<MethodsReading?> Ticket { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
