using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Actions;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Host.Cli.Verbs;

namespace ProvisioningConnector.Host.Cli.Commands;

/// <summary>The verb <c>migrate rescue</c>.</summary>
internal static class RescueCommand
{
    private static readonly string[] Proofs = ["inPerson", "video", "verifiedId"];

    public static Command Make(IVerbRunner run)
    {
        Argument<string?> user = new("USER")
        {
            Description = "User principal name, object id, employeeId:… or mail:…", Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string?> proof = new("--proof")
        {
            HelpName = string.Join('|', Proofs), Description = "How identity was proved; recorded", CustomParser = Proof,
        };
        Option<string?> ticket = new("--ticket") { HelpName = "TICKET", Description = "The helpdesk's ticket; recorded" };
        Option<int?> minutes = new("--minutes")
        {
            HelpName = "MIN", CustomParser = Minutes,
            Description = $"How long the pass is valid, {PassRequest.Shortest} to {RescueRules.Longest} (default: {RescueRules.Longest}, or less by policy)",
        };
        Option<bool> replace = new("--replace") { Description = "Replace a pass that someone else issued" };
        Option<bool> approve = new("--approve") { Description = "Agree, as a second person, to a pass for someone with a directory role; needs --reason" };
        Option<bool> resume = new("--resume") { Description = "Delete passes that are not proved to be handed over" };
        Option<bool> yes = new("--yes") { Description = "Do not ask: a pass that was written out counts as handed over" };
        Command verb = new("rescue", "A temporary access pass, for one use and now, for one person at the helpdesk who cannot get in")
        {
            user, proof, ticket, minutes, replace, approve, resume, yes,
        };
        verb.Validators.Add(result =>
        {
            if (result.GetValue(resume))
            {
                bool more = result.GetValue(user) is not null || result.GetValue(approve);
                if (more) result.AddError("--resume is for all people: give no USER, and no --approve.");
            }
            else if (result.GetValue(user) is null || result.GetValue(ticket) is null) result.AddError("Give USER and --ticket.");
            else if (!result.GetValue(approve) && result.GetValue(proof) is null) result.AddError($"Give --proof: {string.Join(", ", Proofs)}.");
        });
        return verb.Runs<RescueVerb>(run, (parsed, rescue, stop) => parsed.GetValue(resume) ? rescue.ResumeAsync(stop)
            : parsed.GetValue(approve) ? rescue.ApproveAsync(parsed.GetValue(user) ?? "", parsed.GetValue(ticket) ?? "", stop)
            : rescue.RunAsync(new RescueArguments(parsed.GetValue(user) ?? "", parsed.GetValue(proof) ?? "", parsed.GetValue(ticket) ?? "",
                new RescueTerms(parsed.GetValue(minutes), parsed.GetValue(replace)), parsed.GetValue(yes)), stop));
    }

    private static string? Proof(ArgumentResult result)
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
        if (Proofs.FirstOrDefault(known => known.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } proof) return proof;
        result.AddError($"--proof '{text}' is not valid. {Suggestion.Hint(text, Proofs)}");
        return null;
    }

    private static int? Minutes(ArgumentResult result)
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int minutes)
            && minutes is >= PassRequest.Shortest and <= RescueRules.Longest) return minutes;
        result.AddError($"'{text}' is not valid here: give minutes from {PassRequest.Shortest} to {RescueRules.Longest}.");
        return null;
    }
}
