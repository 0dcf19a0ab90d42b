namespace ProvisioningConnector.Engine.Readiness;

/// <summary>What the store keeps of runs of <c>readiness</c>.</summary>
public enum HistoryKind : byte
{
    /// <summary>Counts only, and no cell of fewer than ten people.</summary>
    Counts,

    /// <summary>Also people, for a purpose and until a day.</summary>
    People,
}

/// <summary>The decision what the store keeps of runs of <c>readiness</c> (docs/retirement.md#what-is-kept-of-people).</summary>
/// <param name="Kind">What.</param>
/// <param name="Purpose">What people are kept for; null where only counts are kept.</param>
/// <param name="Until">The last day on which people are kept.</param>
public sealed record ReadinessHistory(HistoryKind Kind, string? Purpose, DateOnly Until)
{
    /// <summary>How many days after the first retirement date people are kept, unless another day is set.</summary>
    public const int DaysAfter = 90;

    public static ReadinessHistory CountsOnly { get; } = new(HistoryKind.Counts, null, DateOnly.MinValue);

    /// <summary>Whether people may be kept on this day.</summary>
    public bool KeepsPeople(DateOnly today) => Kind == HistoryKind.People && today <= Until;
}
