using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;

namespace ProvisioningConnector.Host.Cli;

/// <summary>A command as it was typed, to be proposed again with something more or less.</summary>
/// <param name="Verb">The verb, with the verb below it.</param>
/// <param name="Arguments">Arguments in their order.</param>
/// <param name="Options">Options with their values; <c>--config</c> and <c>--tenant</c> are not among them.</param>
internal sealed record TypedCommand(ImmutableArray<string> Verb, ImmutableArray<string> Arguments, ImmutableArray<TypedOption> Options)
{
    /// <summary>The option that shows what would be done.</summary>
    public const string DryRun = "--dry-run";

    private const string NumberVerb = "set-phone";

    /// <summary>What every proposed command gets anew.</summary>
    private static readonly string[] OfContext = ["--config", "--tenant"];

    /// <summary>How a result is shown, not what is done.</summary>
    private static readonly string[] OfOutput =
        ["--format", "--report", "--reveal", "--quiet", "--verbose", "--no-color", "--progress", "--detailed-exitcode", "--rejects"];

    /// <summary>Whether a full number was typed, which is repeated nowhere.</summary>
    public bool HoldsNumber => Verb is [NumberVerb];

    /// <summary>Whether the verb can show what it would do.</summary>
    public bool HasDryRun { get; private init; }

    public static TypedCommand From(ParseResult parsed)
    {
        List<string> verb = [], arguments = [];
        List<TypedOption> options = [];
        for (CommandResult? level = parsed.CommandResult; level is not null; level = level.Parent as CommandResult)
        {
            if (level.Command is not RootCommand) verb.Insert(0, level.Command.Name);
            foreach (SymbolResult child in level.Children)
            {
                ImmutableArray<string> values = [.. child.Tokens.Select(static token => token.Value)];
                if (child is ArgumentResult) arguments.AddRange(values.Select(FullPath));
                if (child is OptionResult { Implicit: false, Option.Name: var name } && !OfContext.Contains(name)) options.Add(new(name, values));
            }
        }

        return new([.. verb], [.. arguments], [.. options]) { HasDryRun = parsed.CommandResult.Command.Options.Any(static option => option.Name == DryRun) };
    }

    /// <summary>A file by its full path, so that it is the same one wherever the command is pasted; anything else as it was typed.</summary>
    public static string FullPath(string word) => File.Exists(word) ? Path.GetFullPath(word) : word;

    /// <summary>The words of the command.</summary>
    /// <param name="without">Options that are left out.</param>
    /// <param name="with">Words that are added.</param>
    public IEnumerable<string> Words(ImmutableArray<string> without, params ImmutableArray<string> with)
    {
        string[] others = [.. without, .. with];
        IEnumerable<TypedOption> kept = Options.Where(option => !others.Contains(option.Name, StringComparer.Ordinal));
        return [.. Verb, .. Arguments, .. kept.SelectMany(static option => option.Words), .. with];
    }

    /// <summary>The words that say what is done.</summary>
    /// <param name="without">Options that are left out beside those of the output.</param>
    /// <param name="with">Words that are added.</param>
    public IEnumerable<string> Work(ImmutableArray<string> without, params ImmutableArray<string> with) => Words([.. OfOutput, .. without], with);
}

/// <summary>An option as it was typed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">Its values; none for a switch.</param>
internal sealed record TypedOption(string Name, ImmutableArray<string> Values)
{
    public IEnumerable<string> Words => Values.IsEmpty ? [Name] : Values.SelectMany(value => (string[])[Name, TypedCommand.FullPath(value)]);
}
