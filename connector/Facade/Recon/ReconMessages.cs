using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Facade.Recon;

/// <summary>What is said of a run that did not come to its end.</summary>
internal static class ReconMessages
{
    /// <summary>Null for a run that came to its end.</summary>
    public static string? Describe(RunHeader run) => run.Outcome switch
    {
        RunOutcome.Succeeded or RunOutcome.Partial or RunOutcome.Running => null,
        RunOutcome.Blocked => $"Nothing was written. {Why(run)}".TrimEnd(),
        RunOutcome.Interrupted => $"The run was interrupted. {Why(run)} {Resume(run.RunId)}".Replace("  ", " ", StringComparison.Ordinal),
        RunOutcome.Failed => $"{Why(run)} {Resume(run.RunId)}".TrimStart(),
    };

    /// <summary>How to go on with a run that may have begun.</summary>
    public static string Resume(string runId) => $"Users that were not come to are left as they were. To go on: provision resume {runId}";

    private static string Why(RunHeader run) =>
        string.Join(" ", run.Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => d.Message).Distinct(StringComparer.Ordinal));
}
