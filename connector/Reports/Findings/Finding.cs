namespace ProvisioningConnector.Reports.Findings;

/// <summary>What a reader should know of a user, worst first. Every user of a report is under exactly one: the worst that applies.</summary>
internal enum Finding
{
    /// <summary>Had usable methods and has none now (run) or will have none.</summary>
    LeftWithNone,

    /// <summary>Run: no one knows whether a write was applied.</summary>
    Unknown,

    /// <summary>Run: the tenant refused a write.</summary>
    Failed,

    /// <summary>Run: the tenant moved since the plan.</summary>
    Stale,

    /// <summary>Run: not everything was sent.</summary>
    Skipped,

    /// <summary>Run: done, but no read has shown it yet.</summary>
    Unverified,

    LosesLastPhone,
    EndsWithFewer,

    /// <summary>A user with a directory role is changed.</summary>
    PrivilegedTouched,

    /// <summary>Something is held because it was changed in the tenant, and the source did not change.</summary>
    Drifted,

    Removed,
    Updated,
    Moved,
    Added,

    /// <summary>Only settings: SMS sign-in, default method, password.</summary>
    Set,

    NotRead,
    Invalid,
    NotFound,

    /// <summary>Held by a limit or a surprise that someone should look at.</summary>
    HeldToLookAt,

    /// <summary>Held by a policy or by protection; will be there tomorrow too.</summary>
    HeldStanding,

    /// <summary>Run that goes on: not come to yet, or under way.</summary>
    Waiting,
}
