using System.Collections.Immutable;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Json;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Host.Cli.Commands;

/// <summary>Shows what ended a command: as a document on standard output with <c>--format json</c>, else as lines on standard error.</summary>
internal sealed class ErrorOutput(Terminal terminal)
{
    /// <summary>Length of <c>error: </c>, under which its text continues.</summary>
    private const int Indent = 7;

    /// <param name="format">The form that was asked for.</param>
    /// <param name="error">What happened.</param>
    /// <param name="isRefusal">Whether a safeguard stopped it, so that nothing is wrong with the program or the command.</param>
    /// <param name="commands">What to run next; part of the text only.</param>
    public async Task WriteAsync(OutputFormat format, ErrorDocument error, bool isRefusal, ImmutableArray<string> commands)
    {
        if (format == OutputFormat.Json)
        {
            await JsonReports.WriteAsync(error, terminal.Output, CancellationToken.None);
            await terminal.Output.FlushAsync(CancellationToken.None);
            return;
        }

        int? width = terminal.ErrorStyle(colours: false).Width;
        await terminal.Error.WriteLineAsync(LineBreaks.PutAll($"{(isRefusal ? "refused" : "error")}: {Visible.OfLines(error.Message)}", width, Indent));
        string advice = $"{new string(' ', Indent)}{Visible.OfLines(error.Advice)}";
        if (error.Advice.Length > 0) await terminal.Error.WriteLineAsync(LineBreaks.PutAll(advice, width, Indent));
        foreach (string command in commands) await terminal.Error.WriteLineAsync($"  {Visible.Escape(command)}");
    }
}
