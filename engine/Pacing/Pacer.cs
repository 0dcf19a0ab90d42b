namespace ProvisioningConnector.Engine.Pacing;

/// <summary>
/// The two gates of one tenant and app. Everything that calls the service on their behalf asks here first and reports what came back.
/// </summary>
/// <remarks>
/// A 429 is no one's failure: the caller reports it and asks again, as often as it takes; the gate holds everybody until the service may
/// be asked. Safe to use from many threads.
/// </remarks>
public sealed class Pacer
{
    private readonly Gate _reads;
    private readonly Gate _writes;

    /// <summary>Opens both gates.</summary>
    /// <param name="settings">The configured ceilings.</param>
    /// <param name="time">The clock; all waiting happens on its timers.</param>
    /// <param name="learned">What an earlier run left; null when there was none.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public Pacer(QuotaSettings settings, TimeProvider time, LearnedRates? learned = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(time);
        string problems = string.Join(" ", settings.Problems().Select(p => p.Message));
        if (problems.Length > 0) throw new ArgumentException(problems, nameof(settings));
        _reads = new Gate(CallKind.Read, settings.For(CallKind.Read), learned?.Reads, time);
        _writes = new Gate(CallKind.Write, settings.For(CallKind.Write), learned?.Writes, time);
    }

    /// <summary>What is worth keeping for the next run.</summary>
    public LearnedRates Learned => new(_reads.Learned, _writes.Learned);

    /// <summary>
    /// Waits until a call may leave: first come, first served, when there is quota for it, no hold and a free place. Report what came back on
    /// the lease and dispose it.
    /// </summary>
    /// <param name="kind">Which gate.</param>
    /// <param name="cost">What the service will meter: 1 for a single call, the number of items for a batch; at least 1.</param>
    /// <param name="cancellation">Ends the waiting; a call let through is not taken back.</param>
    public ValueTask<PaceLease> AcquireAsync(CallKind kind, int cost, CancellationToken cancellation) => For(kind).AcquireAsync(cost, false, cancellation);

    /// <summary>
    /// As <see cref="AcquireAsync"/> for a batch that is filled afterwards: <see cref="PaceLease.Cost"/> says how many items it may carry,
    /// <paramref name="most"/> or, where the service's limit is so small that a full batch would be refused in part, fewer.
    /// </summary>
    public ValueTask<PaceLease> AcquireUpToAsync(CallKind kind, int most, CancellationToken cancellation) =>
        For(kind).AcquireAsync(most, true, cancellation);

    /// <summary>
    /// Whether another call is to be prepared when so many are being prepared or wait at the gate. What is prepared grows old while it waits, so
    /// that about a second's quota stands in the queue, and never more than ten seconds' is on its way there.
    /// </summary>
    /// <param name="kind">Which gate.</param>
    /// <param name="preparing">How many the caller has between the beginning of their preparation and their answer.</param>
    public bool WantsMore(CallKind kind, int preparing) => For(kind).WantsMore(preparing);

    /// <summary>Seconds that so much takes from now on: what may be spent at once, the present hold and the limit met are counted.</summary>
    public double SecondsFor(CallKind kind, long cost) => For(kind).SecondsFor(cost);

    /// <summary>The least seconds that so much takes from a rest at the rate that holds now, latency left out: the minimum of an account.</summary>
    public double LeastSecondsFor(CallKind kind, long cost) => For(kind).LeastSecondsFor(cost);

    /// <summary>What was done and where both gates stand.</summary>
    public PacingAccount Snapshot() => new(_reads.Account(), _writes.Account());

    private Gate For(CallKind kind) => kind switch
    {
        CallKind.Read => _reads,
        CallKind.Write => _writes,
    };
}
