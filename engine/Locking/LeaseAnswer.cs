using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Locking;

/// <summary>What trying to take a lease gave.</summary>
public abstract record LeaseAnswer
{
    private LeaseAnswer()
    {
    }

    /// <summary>It is ours, and renewed until it is disposed of.</summary>
    public sealed record Taken(TenantLease Lease) : LeaseAnswer;

    /// <summary>Someone else has it; it may be taken from <see cref="LeaseRecord.Until"/> on if it is not renewed.</summary>
    public sealed record HeldBy(LeaseRecord Other) : LeaseAnswer;
}

/// <summary>How long a lease and a request live.</summary>
/// <param name="Duration">A lease is valid for so long after each renewal (<c>LeaseDuration</c>, docs/configuration.md#tenants).</param>
/// <param name="RequestTimeout">A request may land for so long after it left.</param>
public sealed record LeaseTerms(TimeSpan Duration, TimeSpan RequestTimeout)
{
    /// <summary>A lease must outlive a request by at least this much, or no time would be left to send anything.</summary>
    public static TimeSpan Margin { get; } = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan SlowestBeat = TimeSpan.FromSeconds(30);

    /// <summary>Whether there is time to send between two renewals.</summary>
    public bool AreSound => Duration >= RequestTimeout + Margin;

    /// <summary>Time after a renewal in which requests may leave.</summary>
    public TimeSpan Window => Duration - RequestTimeout;

    /// <summary>Pause between renewals: three in a window, so that one may fail.</summary>
    public TimeSpan Beat => Window / 3 < SlowestBeat ? Window / 3 : SlowestBeat;
}

/// <summary>Someone else has taken the lease: nothing was sent and nothing may be sent any more.</summary>
public sealed class LeaseLostException() : Exception("The lease of the tenant was taken over by another run.");
