using System.CommandLine;
using System.CommandLine.Parsing;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Migration.Steps;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Host.Cli.Verbs;

namespace ProvisioningConnector.Host.Cli.Commands;

/// <summary>The verb <c>migrate invite</c>.</summary>
internal static class InviteCommand
{
    public static Command Make(CommandLine line, IVerbRunner run)
    {
        Option<Band[]> bands = new("--band")
        {
            HelpName = "BAND", CustomParser = Bands,
            Description = "Only people of this band of readiness (default: B0 and B0v, where no one is named); repeatable",
        };
        Option<string?> department = new("--department") { HelpName = "NAME", Description = "Only people of this department" };
        Option<string?> group = new("--group") { HelpName = "ID", Description = "Invite members of this group" };
        Option<string?> users = new("--users") { HelpName = "FILE", Description = "Invite the people of this file with one user a line" };
        Option<string?> source = new("--source") { HelpName = "SOURCE", Description = "Invite the people of this list, as for plan" };
        Option<int?> limit = new("--limit") { HelpName = "N", Description = "Until so many of the chosen people are in the group (default: all of them)" };
        Option<string?> saveTo = new("--out")
        {
            HelpName = "FILE", Description = "Save the plan with full values (mode 600), to be reviewed, approved and applied",
        };
        Command verb = new("invite", "Plan to put people into the group of invitations; writes nothing to the tenant")
        {
            bands, department, group, users, source, limit, saveTo,
        };
        verb.Validators.Add(result =>
        {
            if (new[] { group, users, source }.Count(option => result.GetValue(option) is not null) > 1)
            {
                result.AddError("Give one of --group, --users and --source.");
            }

            if (result.GetValue(limit) is < 1) result.AddError("--limit has to be at least 1.");
        });
        line.AddSourceOptions(verb);
        return verb.Runs<InviteVerb>(run, (parsed, invite, stop) => invite.RunAsync(new InviteArguments(
            new InviteSelection
            {
                Bands = parsed.GetValue(bands) is { Length: > 0 } given ? [.. given] : null, Department = parsed.GetValue(department),
                Group = parsed.GetValue(group), Limit = parsed.GetValue(limit),
            },
            parsed.GetValue(users), parsed.GetValue(source) is { } list ? line.SourceOf(parsed, list) : null, parsed.GetValue(saveTo)), stop));
    }

    private static Band[] Bands(ArgumentResult result)
    {
        List<Band> bands = [];
        foreach (string text in result.Tokens.Select(static token => token.Value))
        {
            Band[] found = [.. Enum.GetValues<Band>().Where(band => band.Name().Equals(text, StringComparison.OrdinalIgnoreCase))];
            string[] names = [.. Enum.GetValues<Band>().Select(static band => band.Name())];
            if (found.Length == 0) result.AddError($"--band '{text}' is not valid. {Suggestion.Hint(text, names)}");
            else bands.AddRange(found);
        }

        return [.. bands];
    }
}
