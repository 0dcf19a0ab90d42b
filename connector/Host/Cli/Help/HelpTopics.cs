using System.Collections.Immutable;
using System.CommandLine;

namespace ProvisioningConnector.Host.Cli.Help;

/// <summary>Help from the grammar of the command line, so that nothing is described twice.</summary>
internal static class HelpTopics
{
    private const string Program = "provision";

    public static HelpTopic Of(RootCommand root, Command command)
    {
        string path = Path(root, command);
        return command == root
            ? new(Program, command.Description ?? "", $"{Program} VERB [ARGUMENTS] [OPTIONS]", Groups(root), VerbExamples.Of(""))
            : new($"{Program} {path}", command.Description ?? "", Usage(path, command),
                [.. Verbs(command), .. Arguments(command), .. Options(root, path, command)],
                VerbExamples.Of(path));
    }

    /// <summary>All verbs, with those below them.</summary>
    public static IEnumerable<Command> All(Command command) =>
        Below(command).SelectMany(static verb => All(verb).Prepend(verb));

    /// <summary>The verbs of a verb.</summary>
    public static IEnumerable<Command> Below(Command command) => command.Subcommands.Where(static verb => !verb.Hidden);

    /// <summary>The words that call a verb, without the program's name.</summary>
    public static string Path(RootCommand root, Command command) =>
        command == root ? "" : $"{(command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? Path(root, parent) : "")} {command.Name}".TrimStart();

    /// <summary>The verb that words name; null: they name none.</summary>
    public static Command? Find(RootCommand root, IEnumerable<string> words)
    {
        Command? found = root;
        foreach (string word in words) found = found is null ? null : Below(found).FirstOrDefault(verb => verb.Name == word);
        return found;
    }

    private static ImmutableArray<HelpSection> Groups(RootCommand root)
    {
        ImmutableArray<HelpSection>.Builder sections = ImmutableArray.CreateBuilder<HelpSection>();
        foreach ((string title, string[] names) in VerbGroups.All)
        {
            sections.Add(new(title, [.. names.Select(name => root.Subcommands.Single(verb => verb.Name == name)).Select(Row)]));
        }

        return sections.ToImmutable();
    }

    private static IEnumerable<HelpSection> Verbs(Command command)
    {
        Command[] verbs = [.. Below(command)];
        if (verbs.Length > 0) yield return new("Verbs", [.. verbs.Select(verb => Row(verb) with { Name = $"{command.Name} {Row(verb).Name}" })]);
    }

    private static HelpRow Row(Command verb) => new(string.Join(' ', [verb.Name, .. verb.Arguments.Select(Name)]), verb.Description ?? "");

    private static IEnumerable<HelpSection> Arguments(Command command)
    {
        HelpRow[] rows = [.. command.Arguments.Where(static argument => argument.Description is not null)
            .Select(static argument => new HelpRow(Name(argument), argument.Description ?? ""))];
        if (rows.Length > 0) yield return new("Arguments", [.. rows]);
    }

    private static IEnumerable<HelpSection> Options(RootCommand root, string path, Command command)
    {
        Option[] own = [.. command.Options.Where(static option => !option.Hidden)];
        if (own.Length > 0) yield return new("Options", [.. own.Select(Row)]);
        if (IsGroup(command)) yield break;
        foreach ((string title, ImmutableArray<string> names) in GeneralOptions.Of(path))
        {
            Option[] general = [.. names.Where(name => own.All(option => option.Name != name)).Select(name => root.Options.Single(o => o.Name == name))];
            if (general.Length > 0) yield return new(title, [.. general.Select(Row)]);
        }
    }

    private static HelpRow Row(Option option)
    {
        string value = option.Arity.MaximumNumberOfValues == 0 || option.ValueType == typeof(bool) ? "" : $" {option.HelpName ?? "VALUE"}";
        string note = option.Required ? " (needed)" : Default(option) is { } usual ? $" (default: {usual})" : "";
        return new($"{option.Name}{value}", $"{option.Description}{note}");
    }

    /// <summary>Null: none, or its description says where it comes from. Words are typed as in the list of the option's name.</summary>
    private static string? Default(Option option) => option.HelpName?.Contains('|', StringComparison.Ordinal) == true && option.HasDefaultValue
        ? option.GetDefaultValue()?.ToString()?.ToLowerInvariant() : null;

    /// <summary>Whether a verb only gathers others.</summary>
    private static bool IsGroup(Command command) => command.Action is ShowHelp;

    private static string Usage(string path, Command command)
    {
        if (IsGroup(command)) return $"{Program} {path} VERB";
        IEnumerable<string> needed = command.Options.Where(static option => option.Required).Select(static option => Row(option).Name);
        string[] words = [Program, path, .. command.Arguments.Select(Usage), .. needed, "[OPTIONS]"];
        return string.Join(' ', words);
    }

    private static string Usage(Argument argument) => argument.Arity.MinimumNumberOfValues > 0 ? Name(argument) : $"[{Name(argument)}]";

    private static string Name(Argument argument) => argument.HelpName is { } words && argument.Description is null ? words : argument.Name;
}
