using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Host.Cli.Verbs;

namespace ProvisioningConnector.Host.Cli.Commands;

/// <summary>The verb <c>migrate invite</c>.</summary>
internal static class InviteCommand
{
    /// <summary>Those who are prompted on the date, and those who lose something.</summary>
    private static readonly ImmutableArray<Band> Standard = [Band.OnlyPhone, Band.OnPremisesMethodMissing];

    public static Command Make(IVerbRunner run)
    {
        Option<Band[]> bands = new("--band")
        {
            HelpName = "BAND", CustomParser = Bands, Description = "People of this band of readiness (default: B0 and B0v); repeatable",
        };
        Option<string?> department = new("--department") { HelpName = "NAME", Description = "Only people of this department" };
        Option<string?> target = new("--out")
        {
            HelpName = "FILE", Description = "Write those who are not in the group yet to this file (mode 600), for the bulk import of members",
        };
        return new Command("invite", "Check the group of invitations, and choose whom to put into it; reads only") { bands, department, target }
            .Runs<InviteVerb>(run, (parsed, invite, stop) => invite.RunAsync(new InviteArguments(
                parsed.GetValue(bands) is { Length: > 0 } given ? [.. given] : Standard, parsed.GetValue(department), parsed.GetValue(target)), stop));
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
