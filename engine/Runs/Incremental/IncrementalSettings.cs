namespace ProvisioningConnector.Engine.Runs.Incremental;

/// <summary>How carefully an incremental run looks.</summary>
public sealed record IncrementalSettings
{
    /// <summary>Everybody is read again within this time, whatever the reports say (design 9).</summary>
    public TimeSpan FullSweepAfter { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long before this run the last one of its kind was; null when not known. Runs that are rare read a greater share each.</summary>
    public TimeSpan? SinceLastRun { get; init; }

    /// <summary>How late an entry of the audit log may become visible; what is later is found by the sweep.</summary>
    public TimeSpan AuditDelay { get; init; } = TimeSpan.FromHours(48);

    /// <summary>Changes so long before the last verified read may not have shown in it: copies of the tenant lag and clocks differ.</summary>
    public TimeSpan ReadLag { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How far the service's clock and ours may be apart when our own writes are recognised in the audit log.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Longest time spent on the audit log.</summary>
    public TimeSpan AuditBudget { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Longest time spent on the registration report; five requests in ten seconds is its quota (graph-facts 7).</summary>
    public TimeSpan ReportBudget { get; init; } = TimeSpan.FromMinutes(15);
}
