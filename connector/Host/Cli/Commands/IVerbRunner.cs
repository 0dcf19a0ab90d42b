using System.CommandLine;

namespace ProvisioningConnector.Host.Cli.Commands;

/// <summary>Runs verbs. A verb and what it works with are made only when it is called, so that help and version need nothing of it.</summary>
internal interface IVerbRunner
{
    /// <param name="parsed">The command line.</param>
    /// <param name="call">Calls the verb; the token is the first signal.</param>
    /// <returns>The exit code.</returns>
    Task<int> RunAsync<TVerb>(ParseResult parsed, Func<TVerb, CancellationToken, Task<int>> call)
        where TVerb : class;
}

/// <summary>Ties commands of the grammar to their verbs.</summary>
internal static class VerbCommands
{
    /// <summary>Lets a verb do what the command asks for.</summary>
    public static Command Runs<TVerb>(this Command command, IVerbRunner run, Func<ParseResult, TVerb, CancellationToken, Task<int>> call)
        where TVerb : class
    {
        command.SetAction((parsed, _) => run.RunAsync<TVerb>(parsed, (verb, stop) => call(parsed, verb, stop)));
        return command;
    }
}
