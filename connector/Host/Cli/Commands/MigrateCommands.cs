using System.CommandLine;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Host.Cli.Verbs;

namespace ProvisioningConnector.Host.Cli.Commands;

/// <summary>The steps of the way from phones to other methods.</summary>
internal static class MigrateCommands
{
    public static void AddTo(RootCommand root, CommandLine line, IVerbRunner run)
    {
        Command verb = new("migrate", "The way from phones to other methods, step by step")
        {
            Step(PlanOrigin.Migration.Default, "Plan to move default methods away from phones and to end SMS sign-in; writes nothing to the tenant", line, run),
            Step(PlanOrigin.Migration.Cleanup, "Plan to remove phones after the retirement; writes nothing to the tenant", line, run),
            ProvisionCommand.Undo(line, run),
        };
        Option<DateOnly?> invitedOn = new("--invited-on")
        {
            HelpName = "DATE", Description = "When people were invited whom prove sees for the first time (default: now); only what was made later counts",
        };
        Option<string?> list = new("--out") { HelpName = "FILE", Description = "Write the people to this CSV file (mode 600), those who are stalled first" };
        const string proves = "Read how far invited people are: registered, used, phone removable, or stalled; reads only";
        verb.Subcommands.Add(new Command("prove", proves) { invitedOn, list }
            .Runs<ProofVerb>(run, (parsed, proof, stop) => proof.ProveAsync(parsed.GetValue(invitedOn), parsed.GetValue(list), stop)));
        verb.Subcommands.Add(new Command("status", "What prove found, and the nights before; from the store only")
            .Runs<ProofVerb>(run, static (_, proof, stop) => proof.StatusAsync(stop)));
        verb.Subcommands.Add(InviteCommand.Make(line, run));
        verb.Subcommands.Add(RescueCommand.Make(run));
        root.Subcommands.Add(verb);
    }

    private static Command Step(string step, string description, CommandLine line, IVerbRunner run)
    {
        Option<string?> group = new("--group") { HelpName = "ID", Description = "Members of this group (default: everyone whose band the step is for)" };
        Option<string?> users = new("--users")
        {
            HelpName = "FILE", Description = "A file with one user a line (default: everyone whose band the step is for)",
        };
        Option<string?> saveTo = new("--out") { HelpName = "FILE", Description = "Save the plan with full values (mode 600), to be reviewed and applied" };
        Option<string?> source = new("--source")
        {
            HelpName = "SOURCE", Description = "An authoritative list, as for plan: warn where it still has phones of a person",
        };
        Command verb = new(step, description) { group, users, source, saveTo };
        verb.Validators.Add(result =>
        {
            if (result.GetValue(group) is not null && result.GetValue(users) is not null) result.AddError("Give --group or --users, not both.");
        });
        line.AddSourceOptions(verb);
        return verb.Runs<MigrateVerb>(run, (parsed, migrate, stop) => migrate.RunAsync(step, new MigrateArguments(
            parsed.GetValue(group), parsed.GetValue(users), parsed.GetValue(source) is { } given ? line.SourceOf(parsed, given) : null,
            parsed.GetValue(saveTo)), stop));
    }
}
