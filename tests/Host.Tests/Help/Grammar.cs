using System.CommandLine;
using ProvisioningConnector.Host.Cli;
using ProvisioningConnector.Host.Cli.Commands;
using ProvisioningConnector.Host.Cli.Help;

namespace ProvisioningConnector.Host.Tests.Help;

/// <summary>The whole grammar of the command line, for those who look at it and run nothing.</summary>
internal sealed class Grammar : IVerbRunner
{
    private static readonly Terminal Nowhere = new(Stream.Null, TextWriter.Null, static () => Stream.Null, false, false, false);

    public Grammar()
    {
        Root = ProvisionCommand.Build(Line, this);
        HelpCommands.AddTo(Root, Line, Nowhere);
    }

    public CommandLine Line { get; } = new();

    public RootCommand Root { get; }

    /// <summary>The verbs that do something, with those below other verbs.</summary>
    public IEnumerable<(string Path, Command Verb)> Verbs =>
        HelpTopics.All(Root).Where(static verb => verb.Action is not ShowHelp).Select(verb => (HelpTopics.Path(Root, verb), verb));

    public HelpTopic Topic(string path) =>
        HelpTopics.Of(Root, HelpTopics.Find(Root, path.Split(' ', StringSplitOptions.RemoveEmptyEntries)) ?? throw new ArgumentException(path, nameof(path)));

    public Task<int> RunAsync<TVerb>(ParseResult parsed, Func<TVerb, CancellationToken, Task<int>> call)
        where TVerb : class => Task.FromResult(0);
}
