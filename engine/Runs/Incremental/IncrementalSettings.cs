using System.Globalization;
using ProvisioningConnector.Engine.Model.Text;

namespace ProvisioningConnector.Engine.Runs.Incremental;

/// <summary>How carefully an incremental run looks.</summary>
public sealed record IncrementalSettings
{
    /// <summary>Everybody is read again within this time, whatever the reports say (docs/running.md#incremental-runs).</summary>
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

    /// <summary>Longest time spent on the registration report; five requests in ten seconds is its quota (docs/graph.md#throttling).</summary>
    public TimeSpan ReportBudget { get; init; } = TimeSpan.FromMinutes(15);
}

/// <summary>Who was due in an incremental run, by the first reason that applied.</summary>
/// <param name="Users">Rows with a user who could have been read.</param>
/// <param name="Rows">The row changed.</param>
/// <param name="Rules">The policy or a limit changed.</param>
/// <param name="Audit">Changed outside according to the audit log.</param>
/// <param name="Report">Contradicted by the registration report.</param>
/// <param name="Sweep">The rolling share.</param>
/// <param name="Unsettled">Nothing remembered, or not well ended last time.</param>
/// <param name="Waiting">Not read: failed, and to be tried again later.</param>
public sealed record IncrementalAccount(long Users = 0, long Rows = 0, long Rules = 0, long Audit = 0,
    long Report = 0, long Sweep = 0, long Unsettled = 0, long Waiting = 0)
{
    /// <summary>Users who were read.</summary>
    public long Due => Rows + Rules + Audit + Report + Sweep + Unsettled;

    public IncrementalAccount Plus(DueReason reason) => reason switch
    {
        DueReason.None => this with { Users = Users + 1 },
        DueReason.Waiting => this with { Users = Users + 1, Waiting = Waiting + 1 },
        DueReason.Unsettled => this with { Users = Users + 1, Unsettled = Unsettled + 1 },
        DueReason.Row => this with { Users = Users + 1, Rows = Rows + 1 },
        DueReason.Rules => this with { Users = Users + 1, Rules = Rules + 1 },
        DueReason.Audit => this with { Users = Users + 1, Audit = Audit + 1 },
        DueReason.Report => this with { Users = Users + 1, Report = Report + 1 },
        DueReason.Sweep => this with { Users = Users + 1, Sweep = Sweep + 1 },
    };

    public override string ToString()
    {
        string rules = Rules > 0 ? string.Create(CultureInfo.InvariantCulture, $", policy or limits changed {Rules:N0}") : string.Empty;
        if (Waiting > 0) rules += string.Create(CultureInfo.InvariantCulture, $", not yet to be tried again {Waiting:N0}");
        return string.Create(CultureInfo.InvariantCulture,
            $"{Due:N0} of {Quantity.Of(Users, "user")} to read (rows changed {Rows:N0}, audit {Audit:N0}, ")
            + string.Create(CultureInfo.InvariantCulture, $"report {Report:N0}, sweep {Sweep:N0}, unsettled {Unsettled:N0}{rules})");
    }
}
