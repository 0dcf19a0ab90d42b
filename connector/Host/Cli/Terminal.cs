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
    /// <summary>The process's own.</summary>
    public static Terminal OfProcess() => new(
        Console.OpenStandardOutput(), Console.Error, Console.OpenStandardInput,
        !Console.IsOutputRedirected, !Console.IsErrorRedirected, !Console.IsInputRedirected);

    /// <summary>Asks on standard error and reads one line.</summary>
    public string? Ask(string question)
    {
        Error.Write(question);
        Error.Flush();
        using StreamReader reader = new(StandardInput(), leaveOpen: true);
        return reader.ReadLine();
    }
}
