using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Host.Cli;

/// <summary>Turns problems with a whole source into an error document.</summary>
internal static class SourceErrors
{
    public static ErrorDocument Document(SourceException wrong) => new(
        wrong.Faults[0].Code,
        string.Join(Environment.NewLine,
            [.. wrong.Faults.Select(f => $"{f.Place}: {f.Message}"), .. wrong.Rows.Select(r => r.Place is null ? r.Message : $"{r.Place}: {r.Message}")]),
        $"{wrong.Faults[0].Advice} Nothing was written.");
}
