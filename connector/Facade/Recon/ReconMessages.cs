using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Recon;

/// <summary>What is said of a run that did not come to its end.</summary>
internal static class ReconMessages
{
    /// <summary>Null for a run that came to its end.</summary>
    public static string? Describe(RunHeader run) => run.Outcome switch
    {
        RunOutcome.Succeeded or RunOutcome.Partial or RunOutcome.Running => null,
        RunOutcome.Blocked => HttpWording.From($"Nothing was written. {Why(run)}".TrimEnd(), run.Diagnostics.FirstOrDefault(IsError)?.Code ?? ""),
        RunOutcome.Interrupted => $"The run was interrupted. {Why(run)} {Resume(run.RunId)}".Replace("  ", " ", StringComparison.Ordinal),
        RunOutcome.Failed => $"{Why(run)} {Resume(run.RunId)}".TrimStart(),
    };

    /// <summary>How to go on with a run that may have begun.</summary>
    public static string Resume(string runId) => $"Users that were not reached are unchanged. An operator of the service can resume the run {runId}.";

    private static string Why(RunHeader run) =>
        string.Join(" ", run.Diagnostics.Where(IsError).Select(d => d.Message).Distinct(StringComparer.Ordinal));

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == Severity.Error;
}
