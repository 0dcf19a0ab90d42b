using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Completions;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Host.Cli.Help;
using ProvisioningConnector.Stores;

namespace ProvisioningConnector.Host.Cli.Commands;

/// <summary>
/// What the last word of an unfinished command line can become. The grammar knows verbs, options and their words; names of tenants and sources come from
/// the configuration, ids of runs from the store. None where a file is meant, so that the shell offers files.
/// </summary>
/// <param name="root">The grammar.</param>
/// <param name="line">The options that verbs share.</param>
internal sealed class Candidates(RootCommand root, CommandLine line)
{
    /// <summary>The newest runs are what is meant most often.</summary>
    private const int MostRuns = 20;

    // Someone waits at a prompt.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly ParserConfiguration Words = new() { ResponseFileTokenReplacer = null };
    private static readonly string[] RunArguments = ["RUN-ID", "PLAN|RUN-ID"];
    private static readonly string[] SourceNames = ["SOURCE", CommandLine.SourceOrPlan, "--source"];

    /// <param name="words">The words so far; the last one is completed and may be empty.</param>
    /// <param name="cancellation">Stops.</param>
    public async ValueTask<IEnumerable<string>> OfAsync(IReadOnlyList<string> words, CancellationToken cancellation)
    {
        string last = words.Count > 0 ? words[^1] : "";
        string before = string.Concat(words.SkipLast(1).Select(Typed));
        ParseResult typed = root.Parse(before, Words);
        ConnectorSettings? settings = Settings(typed);
        bool isRun = !last.StartsWith('-') && typed.CommandResult.Command.Arguments.Any(static argument => RunArguments.Contains(argument.Name));
        ImmutableArray<string> runs = isRun && settings is not null ? await RunsAsync(settings, cancellation) : [];
        foreach (Command command in HelpTopics.All(root).Prepend(root))
        {
            foreach (Argument argument in command.Arguments) Offer(argument.CompletionSources, argument.Name, argument.HelpName ?? argument.Name);
            foreach (Option option in command.Options) Offer(option.CompletionSources, option.Name, option.HelpName ?? "");
        }

        return typed.GetCompletions(before.Length).Select(static item => item.InsertText ?? item.Label)
            .Where(word => word.StartsWith(last, StringComparison.Ordinal))
            .Where(word => last.StartsWith('-') ? word.StartsWith("--", StringComparison.Ordinal) : word[0] is not ('-' or '/'));

        void Offer(List<Func<CompletionContext, IEnumerable<CompletionItem>>> sources, string name, string help)
        {
            IEnumerable<string> offered = name == "--tenant" ? settings?.Tenants.Keys ?? []
                : SourceNames.Contains(name, StringComparer.Ordinal) ? settings?.Sources.Keys ?? []
                : RunArguments.Contains(name, StringComparer.Ordinal) ? runs
                : help.Split('|').Where(static word => char.IsAsciiLetterLower(word.FirstOrDefault()));
            if (help.Contains('|', StringComparison.Ordinal)) sources.Clear();
            sources.Add(_ => offered.Select(static word => new CompletionItem(word)));
        }
    }

    /// <summary>A word as it stands in a command line, with the blank behind it.</summary>
    private static string Typed(string word) => word.Any(char.IsWhiteSpace) ? $"\"{word.Replace("\"", "", StringComparison.Ordinal)}\" " : $"{word} ";

    /// <summary>Null: they cannot be read. A shell shows no errors while someone types; the command itself does.</summary>
    private ConnectorSettings? Settings(ParseResult typed)
    {
        try
        {
            return SettingsFile.Read(line.ConfigOf(typed));
        }
        catch (Exception exception) when (exception is SettingsException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>None where the store cannot be read, for the same reason.</summary>
    private static async ValueTask<ImmutableArray<string>> RunsAsync(ConnectorSettings settings, CancellationToken cancellation)
    {
        try
        {
            await using DatabaseRunStore store = await StoreOpening.OpenAsync(settings.Store, TimeProvider.System, create: false, cancellation, Patience);
            ImmutableArray<string>.Builder runs = ImmutableArray.CreateBuilder<string>();
            await foreach (RunHeader run in store.RunsAsync(cancellation))
            {
                runs.Add(run.RunId);
                if (runs.Count == MostRuns) break;
            }

            return runs.ToImmutable();
        }
        catch (Exception exception) when (exception is StoreException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
