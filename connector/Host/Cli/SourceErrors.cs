using ProvisioningConnector.Host.Sources;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Host.Cli;

/// <summary>Turns trouble with a whole source into an error document.</summary>
internal static class SourceErrors
{
    public static ErrorDocument Document(SourceException wrong) => new(
        wrong.Diagnostics[0].Code,
        string.Join(Environment.NewLine, wrong.Diagnostics.Select(d => d.Place is null ? d.Message : $"{d.Place}: {d.Message}")),
        "Nothing was written.");
}
