namespace ProvisioningConnector.Host.Cli;

/// <summary>A command came to nothing for a reason that its user can mend: told as an error document, never with a stack trace.</summary>
internal sealed class CommandStopped(string code, string message, string advice = "", int exit = ExitCodes.Error) : Exception(message)
{
    public string Code { get; } = code;

    public string Advice { get; } = advice;

    public int Exit { get; } = exit;
}
