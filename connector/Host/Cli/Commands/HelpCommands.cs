using System.CommandLine;
using System.CommandLine.Help;
using System.Runtime.InteropServices;
using System.Text.Json;
using ProvisioningConnector.Composition.About;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Host.Cli.Help;

namespace ProvisioningConnector.Host.Cli.Commands;

/// <summary>The verbs about the program itself: <c>help</c>, <c>completion</c>, <c>version</c>. None of them composes anything.</summary>
internal static class HelpCommands
{
    public static void AddTo(RootCommand root, CommandLine line, Terminal terminal)
    {
        ShowHelp help = new(root, terminal);
        root.Directives.Clear();
        root.Subcommands.Add(Help(root, help));
        root.Subcommands.Add(Completion(help));
        root.Subcommands.Add(Candidates(root, line, help));
        root.Subcommands.Add(Version(line, help));
        foreach (HelpOption option in root.Options.OfType<HelpOption>()) option.Action = help;
        // A verb that only gathers others shows them.
        foreach (Command command in HelpTopics.All(root).Prepend(root)) command.Action ??= help;
    }

    private static Command Help(RootCommand root, ShowHelp help)
    {
        Argument<string[]> words = new("VERB") { Description = "The verb (default: all verbs)", Arity = ArgumentArity.ZeroOrMore };
        Option<bool> man = new("--man") { Description = "All of it as a manual page, for man" };
        Command verb = new("help", "Show help of the program or of a verb, with examples") { words, man };
        verb.SetAction(parsed =>
        {
            if (parsed.GetValue(man)) return help.Write(ManPage.Lines(root, Identity.ToolVersion));
            string[] named = parsed.GetValue(words) ?? [];
            return HelpTopics.Find(root, named) is { } command ? help.Show(command) : throw UsageErrors.NoVerb(root, named);
        });
        return verb;
    }

    private static Command Completion(ShowHelp help)
    {
        Argument<string> shell = new("SHELL")
        {
            HelpName = string.Join('|', CompletionScripts.Shells), Description = $"One of {string.Join(", ", CompletionScripts.Shells)}",
            CustomParser = static result =>
            {
                string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
                if (CompletionScripts.Shells.Contains(text, StringComparer.Ordinal)) return text;
                result.AddError($"'{text}' is not a shell that is supported. {Suggestion.Hint(text, CompletionScripts.Shells)}");
                return null;
            },
        };
        Command verb = new("completion", "A script with which a shell completes verbs, options, tenants, sources and run ids") { shell };
        verb.SetAction(parsed => help.Write([CompletionScripts.Of(parsed.GetRequiredValue(shell))]));
        return verb;
    }

    /// <summary>What scripts of <c>completion</c> call.</summary>
    private static Command Candidates(RootCommand root, CommandLine line, ShowHelp help)
    {
        Argument<string[]> words = new("WORDS") { Description = "The words typed so far; the last one is completed", Arity = ArgumentArity.ZeroOrMore };
        Command verb = new("complete", "What the last word can become; called by shells") { words };
        verb.Hidden = true;
        verb.SetAction(async (parsed, cancellation) =>
            help.Write(await new Candidates(root, line).OfAsync(parsed.GetValue(words) ?? [], cancellation)));
        return verb;
    }

    private static Command Version(CommandLine line, ShowHelp help)
    {
        Command verb = new("version", "Version and platform");
        verb.SetAction(parsed => help.Write(line.FormatOf(parsed) == OutputFormat.Json
            ? [JsonSerializer.Serialize(new
            {
                kind = "version", formatVersion = "1.0", version = Identity.ToolVersion, commit = Identity.Commit,
                runtime = RuntimeInformation.FrameworkDescription, platform = RuntimeInformation.RuntimeIdentifier,
            })]
            : [$"provision {Identity.ToolVersion}{(Identity.Commit is { } commit ? $" ({commit[..Math.Min(12, commit.Length)]})" : "")}, "
                + $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}"]));
        return verb;
    }
}
