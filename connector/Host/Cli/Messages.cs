using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Host.Cli;

/// <summary>What a person at standard error reads beside the result; what cannot be seen is shown escaped.</summary>
internal sealed class Messages(CommonOptions options, Terminal terminal)
{
    /// <summary>A remark; none in quiet commands.</summary>
    public void Report(string message)
    {
        if (!options.Quiet) terminal.Error.WriteLine(Broken(Visible.OfLines(message)));
    }

    /// <summary>An error that does not end the command, in quiet commands too.</summary>
    public Task ReportErrorAsync(string message) => terminal.Error.WriteLineAsync(Broken($"error: {Visible.OfLines(message)}"));

    private string Broken(string text) => LineBreaks.PutAll(text, terminal.ErrorStyle(colours: false).Width, 2);
}
