using Spectre.Console;

namespace ProvisioningConnector.Host.Cli.Drawing;

/// <summary>Asks a person for a secret; nothing of it is shown while it is typed, not even its length.</summary>
internal static class SecretPrompt
{
    /// <param name="question">The question.</param>
    /// <param name="error">Standard error of the terminal.</param>
    public static string Ask(string question, TextWriter error)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(error) });
        return console.Prompt(new TextPrompt<string>(Markup.Escape(question.TrimEnd())).Secret(null).AllowEmpty());
    }
}
