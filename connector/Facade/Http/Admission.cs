using ProvisioningConnector.Composition.Configuration;

namespace ProvisioningConnector.Facade.Http;

/// <summary>
/// Limits work that is accepted and has not begun (<c>Facade:MaxWaiting</c>), per tenant and per caller, so that a slow tenant or a busy caller does not
/// fill the process. Beyond the limit a request gets 503 at once, with the time until the oldest of that work must have its answer.
/// </summary>
internal sealed class Admission(MaxWaitingSettings most, TimeSpan replyWithin, TimeProvider time)
{
    /// <summary>Stable code for programs.</summary>
    public const string Word = "tooMuchWaiting";
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedList<long>> _tenants = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, LinkedList<long>> _callers = new(StringComparer.Ordinal);

    /// <summary>Accepts work. It waits until it begins or the result is disposed.</summary>
    /// <param name="tenant">Name of the tenant that it is about.</param>
    /// <param name="actor">Who asks.</param>
    /// <exception cref="FacadeRefusal">503: too much of it waits.</exception>
    public WaitingWork Enter(string tenant, string actor)
    {
        lock (_gate)
        {
            Check(_tenants, tenant, most.PerTenant, "for this tenant");
            Check(_callers, actor, most.PerCaller, "of this caller");
            long now = time.GetTimestamp();
            (LinkedListNode<long> byTenant, LinkedListNode<long> byCaller) = (Add(_tenants, tenant, now), Add(_callers, actor, now));
            return new WaitingWork(() =>
            {
                lock (_gate)
                {
                    Remove(_tenants, tenant, byTenant);
                    Remove(_callers, actor, byCaller);
                }
            });
        }
    }

    private void Check(Dictionary<string, LinkedList<long>> waiting, string key, int limit, string whose)
    {
        if (!waiting.TryGetValue(key, out LinkedList<long>? all) || all.Count < limit || all.First is not { } oldest) return;
        TimeSpan left = replyWithin - time.GetElapsedTime(oldest.Value);
        throw new FacadeRefusal(StatusCodes.Status503ServiceUnavailable,
            $"{all.Count} requests {whose} are waiting to begin, the most that may (Facade:MaxWaiting). Nothing was done. Send the request again later.",
            left > Least ? left : Least)
        { Word = Word };
    }

    private static LinkedListNode<long> Add(Dictionary<string, LinkedList<long>> waiting, string key, long now)
    {
        if (!waiting.TryGetValue(key, out LinkedList<long>? all)) waiting[key] = all = new();
        return all.AddLast(now);
    }

    private static void Remove(Dictionary<string, LinkedList<long>> waiting, string key, LinkedListNode<long> one)
    {
        if (!waiting.TryGetValue(key, out LinkedList<long>? all)) return;
        all.Remove(one);
        if (all.Count == 0) waiting.Remove(key);
    }
}

/// <summary>Work that waits to begin.</summary>
internal sealed class WaitingWork(Action release) : IDisposable
{
    private int _released;
    private volatile bool _begun;

    /// <summary>It is finished whatever becomes of its caller.</summary>
    public bool HasBegun => _begun;

    /// <summary>It has begun and waits no longer. Further calls do nothing.</summary>
    public void Begin()
    {
        _begun = true;
        Dispose();
    }

    /// <summary>Makes a change, which the signal to stop ends as long as it has not begun.</summary>
    /// <param name="change">The change; ends when its token is cancelled, unless it has begun.</param>
    /// <param name="stopping">The signal.</param>
    /// <param name="cancellation">The caller leaves.</param>
    public async Task<T> ChangeAsync<T>(Func<CancellationToken, Task<T>> change, CancellationToken stopping, CancellationToken cancellation)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using CancellationTokenRegistration signal = stopping.Register(() =>
        {
            if (!HasBegun) end.Cancel();
        });
        return await change(end.Token);
    }

    /// <summary>It has ended, begun or not.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0) release();
    }
}
