using System.Globalization;

namespace ProvisioningConnector.Engine.Runs.Incremental;

/// <summary>Who was due in an incremental run, by the first reason that applied.</summary>
/// <param name="Users">Rows with a user who could have been read.</param>
/// <param name="Rows">The row changed.</param>
/// <param name="Rules">The policy or a limit changed.</param>
/// <param name="Audit">Changed outside according to the audit log.</param>
/// <param name="Report">Contradicted by the registration report.</param>
/// <param name="Sweep">The rolling share.</param>
/// <param name="Unsettled">Nothing remembered, or not well ended last time.</param>
/// <param name="Waiting">Not read: failed, and to be tried again later.</param>
public sealed record IncrementalAccount(long Users = 0, long Rows = 0, long Rules = 0, long Audit = 0, long Report = 0, long Sweep = 0, long Unsettled = 0, long Waiting = 0)
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
        string rules = Rules > 0 ? string.Create(CultureInfo.InvariantCulture, $", policy or limits changed {Rules}") : string.Empty;
        if (Waiting > 0) rules += string.Create(CultureInfo.InvariantCulture, $", not yet to be tried again {Waiting}");
        return string.Create(CultureInfo.InvariantCulture,
            $"{Due} of {Users} users due (rows changed {Rows}, audit {Audit}, report {Report}, sweep {Sweep}, unsettled {Unsettled}{rules})");
    }
}
