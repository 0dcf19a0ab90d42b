namespace ProvisioningConnector.Sandbox.Settings;

/// <summary>Behaviour of <c>$batch</c> (docs/graph.md#batches).</summary>
public sealed record BatchSettings
{
    /// <summary>Parallel items are worked on and answered in an order of the seed's choice.</summary>
    public bool Shuffle { get; init; } = true;
    /// <summary>Of several writes for one user in a parallel batch only the first takes effect, though all are answered as done
    /// (docs/graph.md#other-methods).</summary>
    public bool LoseParallelWrites { get; init; }
    /// <summary>All items waiting for one of them: allowed by the older text, not by the newer.</summary>
    public Tolerance SameDependency { get; init; }
    /// <summary>Header names of items in lower case.</summary>
    public bool LowerCaseHeaders { get; init; }
    /// <summary>Whether the whole answer is 424 when an item was throttled (older text) instead of 200.</summary>
    public bool OuterFailsWhenThrottled { get; init; }
}

/// <summary>What the caller may do.</summary>
public sealed record PermissionSettings
{
    public CallerKind Caller { get; init; }
    /// <summary>Whether admin consent was given at all; without it everything is 403.</summary>
    public bool Consent { get; init; } = true;
    /// <summary>Whether any write of methods is allowed (false: a read-only permission).</summary>
    public bool Writes { get; init; } = true;
    /// <summary>Writes to users that hold a directory role (docs/graph.md#application-permissions, unknown).</summary>
    public Access PrivilegedWrites { get; init; }
    public Access Roles { get; init; }
    public Access Groups { get; init; }
    /// <summary>Changes of membership.</summary>
    public Access GroupWrites { get; init; }
    public Access Audit { get; init; }
    public Access Reports { get; init; }
    public Access Preferences { get; init; }
    public Access HardwareOath { get; init; }
    public Access QrCodePin { get; init; }
    public Access Policy { get; init; }
    public Access Organization { get; init; }
    /// <summary>Conditional Access policies.</summary>
    public Access ConditionalAccess { get; init; }
    public NumberMasking Masking { get; init; }
    /// <summary>Whether app-only callers may reset passwords and read operations (documented: no; docs/graph.md#password-reset).</summary>
    public bool ResetPasswordAppOnly { get; init; }
}

/// <summary>How a password reset goes on after its 202 (docs/graph.md#password-reset).</summary>
public sealed record PasswordResetSettings
{
    /// <summary>Polls that answer <c>running</c> before the end.</summary>
    public int RunningPolls { get; init; } = 1;
    /// <summary>Time that must pass before the end.</summary>
    public TimeSpan Duration { get; init; }
    public ResetOutcome Outcome { get; init; }
    public string? StatusDetail { get; init; }
    /// <summary>Seconds in <c>Retry-After</c> of the 202 and of running polls; null: no header.</summary>
    public int? RetryAfter { get; init; } = 1;
    /// <summary>HTTP status of the poll that shows the end (the verdict is in its body).</summary>
    public int FinalStatus { get; init; } = 200;
    /// <summary>Polls without the query string of <c>Location</c> are not found.</summary>
    public bool QueryRequired { get; init; } = true;
    /// <summary>Whether a reset of an on-premises user without a given password is refused.</summary>
    public bool HybridNeedsPassword { get; init; } = true;
}

/// <summary>The end of a reset. <see cref="Vanished"/>: the operation is not found;
/// <see cref="Redirected"/>: one poll answers 302, then it succeeds; <see cref="Endless"/>: runs for ever.</summary>
public enum ResetOutcome { Succeeded, Failed, Vanished, Redirected, Endless }

/// <summary>Registration report and audit log (docs/graph.md#registration-report).</summary>
public sealed record ReportSettings
{
    public TimeSpan RegistrationDelay { get; init; }
    public TimeSpan AuditDelay { get; init; }
    public int RegistrationPageSize { get; init; } = 999;
    public int AuditPageSize { get; init; } = 100;
    /// <summary>Whether the tenant has the licence (P1 or P2) that the reports need.</summary>
    public bool Licensed { get; init; } = true;
}

/// <summary>Time until an answer: log-normal with this median and sigma (0: always the median).</summary>
public sealed record LatencySettings
{
    public TimeSpan Median { get; init; }
    public double Sigma { get; init; }
}

/// <summary>After each write of a user's methods, reads of that user show the older state for this long or this many reads, whichever ends later.</summary>
public sealed record ReadLagSettings
{
    public TimeSpan Time { get; init; }
    public int Reads { get; init; }
}
