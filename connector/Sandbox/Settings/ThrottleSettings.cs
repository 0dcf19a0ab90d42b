using System.Collections.Immutable;

namespace ProvisioningConnector.Sandbox.Settings;

/// <summary>A bucket: holds <paramref name="Capacity"/>, full at the start, and refills by that much in <paramref name="Per"/>.</summary>
public sealed record QuotaLimit(double Capacity, TimeSpan Per);

/// <summary>How <c>Retry-After</c> is spelled on a 429.</summary>
public enum RetryAfterStyle { WholeSeconds, Fraction, HttpDate, AlwaysOne, Missing }

/// <summary>Throttling (docs/graph.md#throttling). A limit that is null does not exist.</summary>
public sealed record ThrottleSettings
{
    /// <summary>The pessimistic reading: five requests of any kind in ten seconds.</summary>
    public static ThrottleSettings ReportClass { get; } = new() { Everything = new(5, TimeSpan.FromSeconds(10)) };

    public QuotaLimit? ResourceUnits { get; init; }
    public QuotaLimit? Writes { get; init; }
    /// <summary>Shared with clients that we do not see.</summary>
    public QuotaLimit? TenantWrites { get; init; }
    /// <summary>Writes per second of those clients.</summary>
    public double OtherClientsWrites { get; init; }
    public QuotaLimit? Reports { get; init; }
    /// <summary>Counts every request alike.</summary>
    public QuotaLimit? Everything { get; init; }

    public RetryAfterStyle RetryAfter { get; init; }
    /// <summary>Whether <c>x-ms-throttle-limit-percentage</c> (from 0.8 on), <c>-scope</c> and <c>-information</c> are sent.</summary>
    public bool Headers { get; init; } = true;
    /// <summary>What a refused call consumes, as a share of what it would have cost.</summary>
    public double ThrottledCost { get; init; } = 0.5;
    /// <summary>Other quotas that come into force after a time since the start.</summary>
    public ImmutableArray<ThrottleChange> Changes { get; init; } = [];
}

/// <summary>From <paramref name="After"/> since the start on, <paramref name="Quota"/> is in force (null: none).</summary>
public sealed record ThrottleChange(TimeSpan After, ThrottleSettings? Quota);
