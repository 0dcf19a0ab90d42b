namespace ProvisioningConnector.Engine.Locking;

/// <summary>How long a lease and a request live.</summary>
/// <param name="Duration">A lease is valid for so long after each renewal (<c>LeaseDuration</c>, design 9).</param>
/// <param name="RequestTimeout">A request may land for so long after it left.</param>
public sealed record LeaseTerms(TimeSpan Duration, TimeSpan RequestTimeout)
{
    /// <summary>A lease must outlive a request by at least this much, or there would be no time to send anything.</summary>
    public static TimeSpan Margin { get; } = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan SlowestBeat = TimeSpan.FromSeconds(30);

    /// <summary>Whether there is time to send between two renewals.</summary>
    public bool AreSound => Duration >= RequestTimeout + Margin;

    /// <summary>Time after a renewal in which requests may leave.</summary>
    public TimeSpan Window => Duration - RequestTimeout;

    /// <summary>Pause between renewals: three in a window, so that one may fail.</summary>
    public TimeSpan Beat => Window / 3 < SlowestBeat ? Window / 3 : SlowestBeat;
}
