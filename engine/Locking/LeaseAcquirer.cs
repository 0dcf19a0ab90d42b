using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Locking;

/// <summary>
/// Takes the lease of one tenant id, or says who has it. Call <see cref="TryAsync"/> again to go on waiting: what it saw before
/// counts, so that a holder that renews nothing for a whole lease is found out whatever the clocks say.
/// </summary>
/// <param name="store">Where the lease lies.</param>
/// <param name="tenantId">Whose lease; ids that differ in case only are one.</param>
/// <param name="terms">Ours.</param>
/// <param name="stateOf">What is known of a holder's process.</param>
/// <param name="time">Wall and monotonic clock.</param>
public sealed class LeaseAcquirer(ITenantLease store, string tenantId, LeaseTerms terms, Func<HolderProcess, HolderState> stateOf, TimeProvider time)
{
    private readonly string _tenantId = tenantId.ToUpperInvariant();
    private LeaseRecord? _seen;
    private long _seenAt = time.GetTimestamp();

    /// <summary>Tries once.</summary>
    /// <exception cref="StoreException">The store does not work.</exception>
    public async ValueTask<LeaseAnswer> TryAsync(LeaseHolder me, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(me);
        while (true)
        {
            LeaseRecord? old = await store.ReadAsync(_tenantId, cancellation);
            Watch(old);
            if (QuietAfter(old) is not { } quiet) return new LeaseAnswer.HeldBy(old
                ?? throw new InvalidOperationException("The lease is free but cannot be taken."));
            long takenAt = time.GetTimestamp();
            DateTimeOffset now = time.GetUtcNow();
            LeaseRecord next = new()
            {
                TenantId = _tenantId, Epoch = (old?.Epoch ?? 0) + 1, Holder = me, Since = now, HeartbeatAt = now, Until = now + terms.Duration,
                Duration = terms.Duration, RequestTimeout = terms.RequestTimeout, IsFenced = true,
                QuietUntil = quiet.ForAll > TimeSpan.Zero ? now + quiet.ForAll : null,
                LandsUntil = quiet.ForOpen > TimeSpan.Zero ? now + quiet.ForOpen : null,
            };
            if (await store.TakeAsync(next, old, cancellation)) return new LeaseAnswer.Taken(TenantLease.Begin(store, next, quiet, takenAt, time));
        }
    }

    /// <summary>What to wait for after taking it; null when it cannot be taken.</summary>
    private SettlePeriod? QuietAfter(LeaseRecord? old)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (old is null or { ReleasedAt: not null }) return SettlePeriod.AfterRelease(old, now);
        TimeSpan watched = time.GetElapsedTime(_seenAt);
        switch (stateOf(old.Holder))
        {
            case HolderState.Gone: return SettlePeriod.AfterDeath(old, now);
            case HolderState.DeclaredDead when old.IsFenced: return SettlePeriod.AfterFence(old, watched, now);
            case HolderState.DeclaredDead or HolderState.MayLive: break;
        }

        return now >= old.Until || watched >= old.Duration ? SettlePeriod.AfterExpiry(old, watched, now) : null;
    }

    private void Watch(LeaseRecord? now)
    {
        if (now?.Epoch == _seen?.Epoch && now?.Beat == _seen?.Beat) return;
        (_seen, _seenAt) = (now, time.GetTimestamp());
    }
}
