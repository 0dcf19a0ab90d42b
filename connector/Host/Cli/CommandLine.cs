using System.Collections.Immutable;
using System.CommandLine;
using ProvisioningConnector.Composition;

namespace ProvisioningConnector.Host.Cli;

/// <summary>The options that several verbs share, and how they are read.</summary>
internal sealed class CommandLine
{
    /// <summary>The argument of verbs that take a source, or a plan that was made of one.</summary>
    public const string SourceOrPlan = "SOURCE|PLAN";

    private const string SourceOption = "--source";
    private static readonly string[] SourceNames = ["SOURCE", SourceOrPlan];

    private readonly Option<string?> _config = Everywhere<string?>(
        "--config", "Configuration file (beside config/appsettings.json and the environment)", "FILE");
    private readonly Option<string?> _tenant = Everywhere<string?>("--tenant", "Name of the tenant under Tenants (default: DefaultTenant)", "NAME");
    private readonly Option<OutputFormat> _format = Word<OutputFormat>("--format", "Form of the result on stdout");
    private readonly Option<string[]> _report = Everywhere<string[]>("--report",
        "Also write the report to this file; the ending (.txt .json .md .html) names the form. May repeat", "FILE");
    private readonly Option<bool> _reveal = Everywhere<bool>("--reveal", "Show full phone numbers, addresses and names of devices");
    private readonly Option<bool> _quiet = Everywhere<bool>("--quiet", "No progress");
    private readonly Option<bool> _verbose = Everywhere<bool>("--verbose", "Log every request (method, path, status, request id)");
    private readonly Option<bool> _noColor = Everywhere<bool>("--no-color", "No colours");
    private readonly Option<string[]> _allow = Everywhere<string[]>("--allow",
        "Allow once what a guardrail holds or blocks: deletes=N, updates=N, adds=N, lastPhone=N, readErrors=N, sharedNumber=N, sourceShrink=PERCENT, "
        + "sourceOlder, protected=USER, identityChanged=USER. May repeat", "KEY=N");
    private readonly Option<string?> _reason = Everywhere<string?>("--reason", "Why this is done; recorded", "TEXT");
    private readonly Option<bool> _detailed = Everywhere<bool>("--detailed-exitcode",
        "End with 2 when there are changes; readiness: when it is worse than last time");
    private readonly Option<bool> _incremental = Everywhere<bool>("--incremental", "Read only users that may have changed");
    private readonly Option<bool> _newStore = Everywhere<bool>("--new-store",
        "Confirm that this store is new to the tenant; needed once, recorded");
    private readonly Option<string?> _unproven = Everywhere<string?>("--unproven",
        "Let a step of migrate write to a tenant that 'doctor --probe' of this version did not ask, for this reason; recorded", "REASON");
    private readonly Option<bool> _delta = Everywhere<bool>("--delta", "The source holds only changes");
    private readonly Option<bool> _wait = Everywhere<bool>("--wait", "Wait for another run of the same tenant");
    private readonly Option<ProgressForm> _progress = Word<ProgressForm>("--progress", "Progress on stderr");
    private readonly Option<string?> _rejects = Everywhere<string?>("--rejects", "Write bad rows to this file, for the source's owner", "FILE");
    private readonly Argument<string> _source = new("SOURCE") { Description = "A file, '-' for standard input, or a name under Sources" };
    private readonly Option<string?> _input = new("--input")
    {
        Description = "Format of the source (default: as its ending says)", HelpName = "csv|xlsx|json|ndjson",
    };
    private readonly Option<string?> _sheet = new("--sheet")
    {
        HelpName = "NAME", Description = "Sheet of a workbook (default: the first visible one with rows)",
    };
    private readonly Option<string[]> _ignore = new("--ignore-columns")
    {
        Description = "Columns to ignore, separated by commas. May repeat", HelpName = "LIST",
    };

    public Argument<string> Source => _source;

    /// <summary>Puts the options on the root; they work before and after the verb.</summary>
    public void AddTo(RootCommand root)
    {
        foreach (Option option in (Option[])[_config, _tenant, _format, _report, _reveal, _quiet,
            _verbose, _noColor, _allow, _reason, _detailed, _incremental, _newStore, _unproven, _delta, _wait, _progress, _rejects])
        {
            root.Options.Add(option);
        }
    }

    public void AddSourceOptions(Command verb)
    {
        foreach (Option option in (Option[])[_input, _sheet, _ignore]) verb.Options.Add(option);
    }

    public CommonOptions Common(ParseResult parsed)
    {
        CommonOptions options = Read(parsed);
        TypedCommand typed = TypedCommand.From(parsed);
        return options with { Typed = typed, Context = CommandContexts.From(typed, options, SourceIn(parsed)) };
    }

    private CommonOptions Read(ParseResult parsed) => new()
    {
        ConfigFile = parsed.GetValue(_config),
        Tenant = parsed.GetValue(_tenant),
        Format = parsed.GetValue(_format),
        Reports = Many(parsed.GetValue(_report)),
        Reveal = parsed.GetValue(_reveal),
        Quiet = parsed.GetValue(_quiet),
        Verbose = parsed.GetValue(_verbose),
        NoColor = parsed.GetValue(_noColor),
        Allow = Many(parsed.GetValue(_allow)),
        Reason = parsed.GetValue(_reason),
        DetailedExitCode = parsed.GetValue(_detailed),
        Incremental = parsed.GetValue(_incremental),
        Delta = parsed.GetValue(_delta),
        NewStore = parsed.GetValue(_newStore),
        Unproven = parsed.GetValue(_unproven),
        Wait = parsed.GetValue(_wait),
        Progress = parsed.GetValue(_progress),
        Rejects = parsed.GetValue(_rejects),
    };

    /// <summary>The list that was typed; null: the verb takes none, or none was.</summary>
    private static string? SourceIn(ParseResult parsed)
    {
        Command verb = parsed.CommandResult.Command;
        if (verb.Arguments.FirstOrDefault(static argument => SourceNames.Contains(argument.Name)) is { Name: var name }) return parsed.GetValue<string?>(name);
        return verb.Options.Any(static option => option.Name == SourceOption) ? parsed.GetValue<string?>(SourceOption) : null;
    }

    public SourceArguments SourceOf(ParseResult parsed, string source) =>
        new(source, parsed.GetValue(_input), parsed.GetValue(_sheet),
            [.. Many(parsed.GetValue(_ignore)).SelectMany(c => c.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))]);

    /// <summary>The configuration file that was typed, also when the rest of the command line is wrong; null: none.</summary>
    public string? ConfigOf(ParseResult parsed) => parsed.GetResult(_config) is { Tokens.Count: 1 } config ? config.Tokens[0].Value : null;

    /// <summary>The format asked for, also when the rest of the command line is wrong.</summary>
    public OutputFormat FormatOf(ParseResult parsed) => parsed.GetResult(_format) is { Errors: var errors } && !errors.Any()
        ? parsed.GetValue(_format) : OutputFormat.Text;

    private static ImmutableArray<string> Many(string[]? values) => values is null ? [] : [.. values];

    /// <summary>An option that takes one of a few words.</summary>
    private static Option<T> Word<T>(string name, string description)
        where T : struct, Enum
    {
        string[] words = [.. Enum.GetNames<T>().Select(n => n.ToLowerInvariant())];
        return new Option<T>(name)
        {
            Description = description, Recursive = true, HelpName = string.Join('|', words), DefaultValueFactory = static _ => default,
            CustomParser = result =>
            {
                string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
                if (words.Contains(text, StringComparer.OrdinalIgnoreCase)) return Enum.Parse<T>(text, ignoreCase: true);
                result.AddError($"{name} '{text}' is not valid. {Composition.Configuration.Suggestion.Hint(text, words)}");
                return default;
            },
        };
    }

    private static Option<T> Everywhere<T>(string name, string description, string? value = null) =>
        new(name) { Description = description, Recursive = true, HelpName = value };
}
