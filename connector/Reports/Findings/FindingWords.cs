namespace ProvisioningConnector.Reports.Findings;

/// <summary>Headings of findings, one for plans and one for runs.</summary>
internal static class FindingWords
{
    public static string Heading(this Finding finding, bool run) => finding switch
    {
        Finding.LeftWithNone => run ? "Left without any usable method" : "Will have no usable method left",
        Finding.Unknown => "Unknown: a write was sent and no trustworthy answer arrived",
        Finding.Failed => "Failed",
        Finding.Stale => "Stale: the tenant changed since the plan, nothing was sent",
        Finding.Skipped => "Not everything was sent",
        Finding.Unverified => "Done, not yet confirmed by a read",
        Finding.Waiting => "Not started yet, or under way",
        Finding.LosesLastPhone => run ? "Lost their last phone" : "Lose their last phone",
        Finding.EndsWithFewer => run ? "Ended with fewer usable methods" : "End with fewer usable methods",
        Finding.PrivilegedTouched => run ? "Administrators who were changed" : "Administrators who change",
        Finding.Drifted => "Drift: changed in the tenant, while the source stayed as it was",
        Finding.Removed => "Removals",
        Finding.Updated => "Changed values",
        Finding.Moved => "Numbers that move to another slot",
        Finding.Added => "Additions",
        Finding.Set => "Settings only",
        Finding.NotRead => "Could not be read",
        Finding.Invalid => "Invalid rows or goals",
        Finding.NotFound => "Not found in the tenant",
        Finding.HeldToLookAt => "Held: needs a decision",
        Finding.HeldStanding => "Held by policy or protection",
    };

    /// <summary>Whether it is bad news.</summary>
    public static bool IsBad(this Finding finding) => finding <= Finding.Skipped || finding is Finding.LosesLastPhone or Finding.EndsWithFewer;

    /// <summary>Whether it says what became of a write, which no plan could say before.</summary>
    public static bool IsOfOutcome(this Finding finding) => finding <= Finding.Unverified || finding is Finding.Waiting;
}
