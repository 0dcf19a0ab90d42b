using ProvisioningConnector.Host.Cli.Drawing;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Host.Cli;

/// <summary>The outside world of a command: its three streams, and whether a person sits at them.</summary>
/// <param name="Output">Standard output: the result and nothing else.</param>
/// <param name="Error">Standard error: progress and logs.</param>
/// <param name="StandardInput">Opens standard input as bytes.</param>
/// <param name="OutputIsTerminal">Whether a person reads the output.</param>
/// <param name="ErrorIsTerminal">Whether a person reads standard error.</param>
/// <param name="InputIsTerminal">Whether a person can be asked.</param>
internal sealed record Terminal(
    Stream Output, TextWriter Error, Func<Stream> StandardInput, bool OutputIsTerminal, bool ErrorIsTerminal, bool InputIsTerminal)
{
    /// <summary>Asks a question, and reads a line that is not shown while it is typed; null: the terminal shows nothing anyway.</summary>
    public Func<string, string?>? HiddenLine { get; init; }

    /// <summary>Narrower terminals get lines of this length.</summary>
    private const int LeastWidth = 60;

    /// <summary>How wide the terminal is, in characters; null: not known.</summary>
    public int? Width { get; init; }

    /// <summary>Whether it can show colours.</summary>
    public bool HasColours { get; init; }

    /// <summary>Whether a line can be drawn again in its place on standard error.</summary>
    public bool CanRedraw { get; init; }

    /// <summary>The process's own.</summary>
    public static Terminal OfProcess()
    {
        bool isDumb = Environment.GetEnvironmentVariable("TERM") == "dumb";
        TextWriter error = Console.IsErrorRedirected ? Console.Error : new LiveLine(Console.Error);
        return new(
            Console.OpenStandardOutput(), error, Console.OpenStandardInput,
            !Console.IsOutputRedirected, !Console.IsErrorRedirected, !Console.IsInputRedirected)
        {
            HiddenLine = question => SecretPrompt.Ask(question, error),
            Width = Console.IsOutputRedirected && Console.IsErrorRedirected ? null : WindowWidth(),
            HasColours = Environment.GetEnvironmentVariable("NO_COLOR") is null or "" && !isDumb,
            CanRedraw = !Console.IsErrorRedirected && !isDumb,
        };
    }

    /// <summary>Writes plain text to standard output; lines are broken where a person reads it.</summary>
    public TextWriter OutputText()
    {
        StreamWriter output = new(Output, new System.Text.UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        return OutputIsTerminal ? new BrokenLines(output, Width) { NewLine = "\n" } : output;
    }

    /// <summary>How text is written to standard output.</summary>
    /// <param name="colours">Whether colours are wanted.</param>
    public TextStyle OutputStyle(bool colours) => OutputIsTerminal ? new TextStyle(colours && HasColours, Width) : TextStyle.Plain;

    /// <summary>How text is written to standard error.</summary>
    /// <param name="colours">Whether colours are wanted.</param>
    public TextStyle ErrorStyle(bool colours) => ErrorIsTerminal ? new TextStyle(colours && HasColours, Width) : TextStyle.Plain;

    private static int? WindowWidth()
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? Math.Max(LeastWidth, width) : null;
        }
        catch (Exception exception) when (exception is IOException or PlatformNotSupportedException)
        {
            // Where the width cannot be known, the terminal breaks lines itself.
            return null;
        }
    }

    /// <summary>Asks for something that must not be seen, and reads one line.</summary>
    public string? AskHidden(string question)
    {
        return HiddenLine is null ? Ask(question) : HiddenLine(Visible.OfLines(question));
    }

    /// <summary>Asks on standard error and reads one line.</summary>
    public string? Ask(string question)
    {
        Error.Write(Visible.OfLines(question));
        Error.Flush();
        using StreamReader reader = new(StandardInput(), leaveOpen: true);
        return reader.ReadLine();
    }
}
