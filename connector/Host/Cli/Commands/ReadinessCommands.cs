using System.CommandLine;
using System.CommandLine.Parsing;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Host.Cli.Verbs;

namespace ProvisioningConnector.Host.Cli.Commands;

/// <summary>The verb about the end of Microsoft's SMS and voice.</summary>
internal static class ReadinessCommands
{
    private const string Live = "live";

    private static readonly string[] Sources = ["report", Live];

    public static void AddTo(RootCommand root, CommandLine line, IVerbRunner run)
    {
        Option<string?> tenants = new("--tenants")
        {
            Description = "Several tenants in turn: all, or a label of Tenants:NAME:Labels", HelpName = "all|LABEL",
        };
        Option<string?> asOf = new("--as-of")
        {
            Description = "Read the registration report, and people live only where it is not enough (report, default); or everyone live (live)",
            HelpName = "report|live", CustomParser = AsOf,
        };
        Option<string?> target = new("--out") { HelpName = "FILE", Description = "Write the people to this file (mode 600): .csv, .xlsx, .json, .html, .txt" };
        Option<string?> since = new("--since")
        {
            Description = "Compare with this run, or the last one up to this date (default: the last run)", HelpName = "RUN|DATE",
        };
        Option<string?> comms = new("--comms")
        {
            HelpName = "FOLDER", Description = "A folder for lists of recipients, one per language: mail, first name, date, what to do",
        };
        Option<string?> source = new("--source")
        {
            HelpName = "SOURCE", Description = "An authoritative list, as for plan: compare it with the tenant's numbers",
        };
        Command verb = new("readiness", "List who is affected when Microsoft's SMS and voice end; reads only") { tenants, asOf, target, comms, since, source };
        line.AddSourceOptions(verb);
        verb.Subcommands.Add(Forget(run));
        root.Subcommands.Add(verb.Runs<ReadinessVerb>(run, (parsed, readiness, stop) => readiness.RunAsync(new ReadinessArguments(
            parsed.GetValue(tenants), parsed.GetValue(asOf) == Live, parsed.GetValue(target), parsed.GetValue(comms), parsed.GetValue(since),
            parsed.GetValue(source) is { } given ? line.SourceOf(parsed, given) : null), stop)));
    }

    private static Command Forget(IVerbRunner run)
    {
        Argument<string> user = new("USER") { Description = "Object id or user principal name" };
        return new Command("forget", "Delete from the store what runs of readiness and migrate prove keep of a person") { user }
            .Runs<ReadinessForgetVerb>(run, (parsed, forget, stop) => forget.RunAsync(parsed.GetRequiredValue(user), stop));
    }

    private static string? AsOf(ArgumentResult result)
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
        if (Sources.Contains(text, StringComparer.OrdinalIgnoreCase)) return text.ToLowerInvariant();
        result.AddError($"--as-of '{text}' is not valid. {Suggestion.Hint(text, Sources)}");
        return null;
    }
}
