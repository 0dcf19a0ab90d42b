using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Engine.Records;

/// <summary>
/// A tenant that a run was stopped for: something is wrong with all of it, not with some users (docs/safety.md#quarantine). It ends when
/// <see cref="Probe"/> due users of a later run are all done, never by time.
/// </summary>
/// <param name="TenantId">Which tenant.</param>
/// <param name="Since">When the run was stopped.</param>
/// <param name="RunId">Which run.</param>
/// <param name="Code">Why: <see cref="AuthenticationProblem"/> or <see cref="TooManyFailures"/>.</param>
/// <param name="Reason">Why, in words; names no one.</param>
public sealed record TenantQuarantine(string TenantId, DateTimeOffset Since, string RunId, string Code, string Reason)
{
    /// <summary>So many due users are tried first.</summary>
    public const int Probe = 25;

    /// <summary>Code of the cause: the credential or its permissions.</summary>
    public const string AuthenticationProblem = "authenticationTrouble";

    /// <summary>Code of the cause: too many users failed.</summary>
    public const string TooManyFailures = "tooManyFailures";

    /// <summary>Code of what a run or plan reports about the quarantine.</summary>
    public const string DiagnosticCode = "tenantQuarantined";

    /// <summary>For plans and reads, which stay possible.</summary>
    public Diagnostic Note() => Diagnostic.Warning(DiagnosticCode,
        $"The tenant has been quarantined since {Since.UtcDateTime:yyyy-MM-dd HH:mm}Z (run {RunId}): {Reason} Plans and reads stay possible; "
        + $"the next apply or resume first tries {Probe} users and goes on only when all of them are done.");

    /// <summary>For a change of one user, which neither opens nor ends a quarantine.</summary>
    public Diagnostic Refusal() => Diagnostic.Error(DiagnosticCode,
        $"The tenant has been quarantined since {Since.UtcDateTime:yyyy-MM-dd HH:mm}Z (run {RunId}): {Reason} Nothing was written. "
        + "Dry runs and reads stay possible. "
        + $"The next apply or resume first tries {Probe} users and ends the quarantine when all of them are done. Where no run will come: "
        + "provision doctor --release-quarantine --reason TEXT");

    /// <summary>For the run that was stopped.</summary>
    public static Diagnostic Begun { get; } = Diagnostic.Error(DiagnosticCode,
        $"The tenant is quarantined now. Fix the cause, then resume the run or apply again: {Probe} users are tried first, "
        + "and the others only when all of them are done.");

    /// <summary>For a run whose first users were not all done.</summary>
    public Diagnostic Continued() => Diagnostic.Error(DiagnosticCode,
        $"The tenant stays quarantined (since {Since.UtcDateTime:yyyy-MM-dd HH:mm}Z, run {RunId}): the users tried first were not all done, "
        + $"so no others were started. Look at their errors, fix the cause, then resume the run or apply again. It began with: {Reason}");
}
