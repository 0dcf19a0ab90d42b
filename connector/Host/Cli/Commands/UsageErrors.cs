using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.CompilerServices;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Host.Cli.Help;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Host.Cli.Commands;

/// <summary>What is wrong with a command line, with what was probably meant. What could be a phone number is not repeated.</summary>
internal static class UsageErrors
{
    private const string Code = "usage";

    /// <summary>More could be a phone number.</summary>
    private const int MostDigits = 4;

    /// <summary>Null: nothing is wrong.</summary>
    /// <param name="root">The grammar.</param>
    /// <param name="parsed">The command line.</param>
    public static ErrorDocument? Of(RootCommand root, ParseResult parsed)
    {
        string[] problems = [.. Misspelt(root, parsed)];
        if (problems.Length == 0) problems = [.. parsed.Errors.Select(error => WithoutNumbers(error.Message, parsed)).Distinct(StringComparer.Ordinal)];
        return problems.Length == 0 ? null : new ErrorDocument(Code, string.Join(" ", problems), Advice(HelpTopics.Path(root, parsed.CommandResult.Command)));
    }

    /// <summary>There is no such verb.</summary>
    public static ProvisioningException NoVerb(RootCommand root, IEnumerable<string> words)
    {
        Command above = root;
        foreach (string word in words)
        {
            if (HelpTopics.Below(above).FirstOrDefault(verb => verb.Name == word) is not { } found)
            {
                return new(Code, NoVerb(above, word), Advice(HelpTopics.Path(root, above)));
            }

            above = found;
        }

        throw new ArgumentException("The words name a verb.", nameof(words));
    }

    private static string Advice(string path) => $"See 'provision {(path.Length > 0 ? $"{path} " : "")}--help'.";

    private static IEnumerable<string> Misspelt(RootCommand root, ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string[] options = [.. command.Options.Concat(root.Options).Where(static option => !option.Hidden).Select(static option => option.Name)];
        bool isLiteral = parsed.Tokens.Any(static token => token.Type == TokenType.DoubleDash);
        IEnumerable<string> given = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(static argument => argument.Tokens)
            .Select(static token => token.Value);
        // A word that looks like an option is no argument, or a misspelt option becomes the name of a file.
        string[] misspelt = isLiteral ? [] : [.. given.Concat(parsed.UnmatchedTokens).Where(IsOption).Distinct(StringComparer.Ordinal)];
        foreach (string word in misspelt) yield return Meant($"There is no option '{Quoted(word)}' here.", word, options);
        if (parsed.UnmatchedTokens.FirstOrDefault(word => isLiteral || !IsOption(word)) is not { } first) yield break;
        if (HelpTopics.Below(command).Any() && command.Arguments.Count == 0) yield return NoVerb(command, first);
        else if (misspelt.Length == 0) yield return $"'{Quoted(first)}' is one argument too many.";
    }

    private static bool IsOption(string word) => word.Length > 1 && word[0] == '-' && char.IsAsciiLetter(word.TrimStart('-').FirstOrDefault());

    private static string NoVerb(Command above, string word) => Meant(
        $"There is no verb '{(above is RootCommand ? "" : above.Name + " ")}{Quoted(word)}'.",
        word, [.. HelpTopics.Below(above).Select(static verb => verb.Name)]);

    private static string Meant(string problem, string word, string[] names) =>
        Spelling.Nearest(word, names) is { } nearest ? $"{problem} Did you mean '{nearest}'?" : problem;

    /// <summary>A method of its own, so that its library is loaded where something is wrong and not by help.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string Quoted(string word)
    {
        if (InvisibleCharacters.Find(word) is null) return QuotedText.Quote(word);
        // Quoting would turn what cannot be seen into blanks.
        bool mayBeNumber = word.Count(char.IsDigit) > MostDigits;
        return Visible.Escape(string.Concat(word.Select(c => mayBeNumber && char.IsDigit(c) ? '•' : c)));
    }

    private static string WithoutNumbers(string message, ParseResult parsed) =>
        parsed.Tokens.Where(static token => token.Value.Length > 0).Aggregate(message, static (text, token) =>
            text.Replace($"'{token.Value}'", $"'{Quoted(token.Value)}'", StringComparison.Ordinal));
}
