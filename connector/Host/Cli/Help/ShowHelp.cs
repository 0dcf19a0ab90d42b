using System.CommandLine;
using System.CommandLine.Invocation;
using System.Text;

namespace ProvisioningConnector.Host.Cli.Help;

/// <summary>Shows the help of the command that was typed. It composes nothing, so help is there at once, whatever the configuration is like.</summary>
/// <param name="root">The grammar.</param>
/// <param name="terminal">Where to.</param>
internal sealed class ShowHelp(RootCommand root, Terminal terminal) : SynchronousCommandLineAction
{
    /// <summary>Help is shown though arguments are missing.</summary>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        ArgumentNullException.ThrowIfNull(parseResult);
        return Show(parseResult.CommandResult.Command);
    }

    /// <summary>Shows the help of a command.</summary>
    public int Show(Command command)
    {
        int width = terminal.OutputIsTerminal ? terminal.Width ?? HelpText.UsualWidth : HelpText.UsualWidth;
        return Write(HelpText.Lines(HelpTopics.Of(root, command), width));
    }

    /// <summary>Writes lines to standard output.</summary>
    public int Write(IEnumerable<string> lines)
    {
        using StreamWriter output = new(terminal.Output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        foreach (string line in lines) output.WriteLine(line);
        return ExitCodes.Done;
    }
}
