using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ProvisioningConnector.Host.Cli.Verbs;

namespace ProvisioningConnector.Host.Cli.Commands;

/// <summary>The command line's grammar: which verbs there are and what they take.</summary>
internal static class ProvisionCommand
{
    public static RootCommand Build(CommandLine line, IVerbRunner run)
    {
        RootCommand root = new("Provision authoritative phone numbers to Microsoft Entra ID as authentication methods: plan, review, apply, prove.");
        line.AddTo(root);
        root.Subcommands.Add(Plan(line, run));
        root.Subcommands.Add(Apply(line, run));
        root.Subcommands.Add(Resume(run));
        root.Subcommands.Add(Undo(line, run));
        root.Subcommands.Add(Recovery(run));
        root.Subcommands.Add(Show(run));
        root.Subcommands.Add(Explain(line, run));
        root.Subcommands.Add(Export(run));
        ActionCommands.AddTo(root, run);
        EvidenceCommands.AddTo(root, run);
        ReadinessCommands.AddTo(root, line, run);
        MigrateCommands.AddTo(root, line, run);
        root.Subcommands.Add(Runs(run));
        root.Subcommands.Add(Store(run));
        root.Subcommands.Add(Doctor(run));
        FacadeCommands.AddTo(root, run);
        root.Subcommands.Add(Sandbox(run));
        return root;
    }

    private static Command Doctor(IVerbRunner run)
    {
        Option<bool> release = new("--release-quarantine") { Description = "End the tenant's quarantine by hand, with --reason; recorded" };
        Option<string?> probe = new("--probe")
        {
            HelpName = "FILE",
            Description = "Ask the tenant what is not certain of it, and write questions and shapes of answers to this file (mode 600); reads only",
        };
        Command verb = new("doctor", "Check everything that a run needs; writes nothing to the tenant") { release, probe };
        verb.SetAction((parsed, _) => parsed.GetValue(release)
            ? run.RunAsync<ReleaseQuarantineVerb>(parsed, static (quarantine, stop) => quarantine.RunAsync(stop))
            : parsed.GetValue(probe) is { } file
            ? run.RunAsync<ProbeVerb>(parsed, (asking, stop) => asking.RunAsync(file, stop))
            : run.RunAsync<DoctorVerb>(parsed, static (doctor, stop) => doctor.RunAsync(stop)));
        return verb;
    }

    private static Command Plan(CommandLine line, IVerbRunner run)
    {
        Option<string?> saveTo = new("--out") { HelpName = "FILE", Description = "Save the plan with full values (mode 600), to be reviewed and applied" };
        Option<bool> checkNumbers = new("--check-numbers")
        {
            Description = "Check every number of the source against the world's numbering plans, not only those that would be written",
        };
        Command verb = new("plan", "Show what apply would change; writes nothing to the tenant") { line.Source, saveTo, checkNumbers };
        line.AddSourceOptions(verb);
        return verb.Runs<PlanVerb>(run, (parsed, plan, stop) => plan.RunAsync(
            line.SourceOf(parsed, parsed.GetRequiredValue(line.Source)), new PlanArguments(parsed.GetValue(saveTo), parsed.GetValue(checkNumbers)), stop));
    }

    private static Command Apply(CommandLine line, IVerbRunner run)
    {
        Argument<string> source = new(CommandLine.SourceOrPlan) { Description = "A source as for plan, or a plan saved with plan --out" };
        (Option<bool> yes, Option<long?> limit, Option<int?> canary) = RunOptions();
        Command verb = new("apply", "Plan and execute, or execute a saved plan after checking each user again") { source, yes, limit, canary };
        line.AddSourceOptions(verb);
        return verb.Runs<ApplyVerb>(run, (parsed, apply, stop) => apply.RunAsync(
            line.SourceOf(parsed, parsed.GetRequiredValue(source)),
            new ApplyArguments(parsed.GetValue(yes), parsed.GetValue(limit), parsed.GetValue(canary)), stop));
    }

    private static Command Resume(IVerbRunner run)
    {
        Argument<string> id = new("RUN-ID") { Description = "From 'provision runs'" };
        (Option<bool> yes, Option<long?> limit, Option<int?> canary) = RunOptions();
        return new Command("resume", "Continue an interrupted run") { id, yes, limit, canary }
            .Runs<ResumeVerb>(run, (parsed, resume, stop) => resume.RunAsync(parsed.GetRequiredValue(id),
                new ApplyArguments(parsed.GetValue(yes), parsed.GetValue(limit), parsed.GetValue(canary)), stop));
    }

    internal static Command Undo(CommandLine line, IVerbRunner run)
    {
        Argument<string> id = new("RUN-ID") { Description = "From 'provision runs'" };
        Option<string?> source = new("--source") { HelpName = "SOURCE", Description = "The source, as for plan: undo only where its row is unchanged" };
        Option<string?> saveTo = new("--out") { HelpName = "FILE", Description = "Save the plan with full values (mode 600), to be reviewed and applied" };
        Command verb = new("undo", "Plan the reversal of a run; writes nothing to the tenant") { id, source, saveTo };
        line.AddSourceOptions(verb);
        return verb.Runs<UndoVerb>(run, (parsed, undo, stop) => undo.RunAsync(
            parsed.GetRequiredValue(id), parsed.GetValue(source) is { } given ? line.SourceOf(parsed, given) : null, parsed.GetValue(saveTo), stop));
    }

    private static Command Recovery(IVerbRunner run)
    {
        Argument<string> id = new("RUN-ID") { Description = "From 'provision runs'" };
        return new Command("recovery", "List who ended a run with fewer usable methods than before") { id }
            .Runs<RecoveryVerb>(run, (parsed, recovery, stop) => recovery.RunAsync(parsed.GetRequiredValue(id), stop));
    }

    private static (Option<bool> Yes, Option<long?> Limit, Option<int?> Canary) RunOptions()
    {
        Option<long?> limit = new("--limit")
        {
            Description = "Start at most N users; resume continues with the rest (default: all)",
            HelpName = "N", CustomParser = r => Count(r, long.MaxValue)
        };
        Option<int?> canary = new("--canary")
        {
            Description = "Do N users first; the others only when all of them are done and verified (default: all at once)",
            HelpName = "N", CustomParser = r => (int?)Count(r, int.MaxValue)
        };
        return (new Option<bool>("--yes") { Description = "Do not ask" }, limit, canary);
    }

    /// <summary>A whole number of 1 or more.</summary>
    private static long? Count(ArgumentResult result, long most)
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long count) && count >= 1 && count <= most) return count;
        result.AddError($"'{text}' is not valid here: give a whole number of 1 or more.");
        return null;
    }

    private static Command Show(IVerbRunner run)
    {
        Argument<string> what = new("PLAN|RUN-ID") { Description = "A saved plan, or a run" };
        return new Command("show", "Show a saved plan or a run") { what }
            .Runs<ShowVerb>(run, (parsed, show, stop) => show.RunAsync(parsed.GetRequiredValue(what), stop));
    }

    private static Command Explain(CommandLine line, IVerbRunner run)
    {
        Argument<string> user = new("USER") { Description = "User principal name, object id, employeeId:… or mail:…" };
        Option<string> source = new("--source") { HelpName = "SOURCE", Description = "The source, as for plan", Required = true };
        Command verb = new("explain", "Explain the plan of one user step by step; writes nothing") { user, source };
        line.AddSourceOptions(verb);
        return verb.Runs<ExplainVerb>(run, (parsed, explain, stop) => explain.RunAsync(
            parsed.GetRequiredValue(user), line.SourceOf(parsed, parsed.GetRequiredValue(source)), stop));
    }

    private static Command Export(IVerbRunner run)
    {
        Option<string> target = new("--out") { HelpName = "FILE", Description = "The file to write (mode 600)", Required = true };
        Option<bool> authoritative = new("--authoritative")
        {
            Description = "Write 'none' for what is empty, and SMS sign-in, so that applying it removes what came since",
        };
        return new Command("export", "Write the tenant's current methods as a source; needs --reveal") { target, authoritative }
            .Runs<ExportVerb>(run, (parsed, export, stop) => export.RunAsync(parsed.GetRequiredValue(target), parsed.GetValue(authoritative), stop));
    }

    private static Command Runs(IVerbRunner run)
    {
        Option<TimeSpan?> olderThan = new("--older-than")
        {
            Description = "Forget runs that ended longer ago than this, as D.HH:MM:SS (default: Store:Retention, 90 days)",
            HelpName = "D.HH:MM:SS", CustomParser = Duration,
        };
        Option<bool> yes = new("--yes") { Description = "Do not ask" };
        Option<bool> singles = new("--singles") { Description = "Show changes of single users instead, made by the facade or by verbs" };
        Command verb = new("runs", "List runs, newest first") { singles };
        verb.Subcommands.Add(new Command("prune", "Forget old runs of all tenants, their users and operations") { olderThan, yes }
            .Runs<PruneVerb>(run, (parsed, prune, stop) => prune.RunAsync(parsed.GetValue(olderThan), parsed.GetValue(yes), stop)));
        return verb.Runs<RunsVerb>(run, (parsed, runs, stop) => runs.RunAsync(parsed.GetValue(singles), stop));
    }

    private static Command Store(IVerbRunner run)
    {
        Option<bool> yes = new("--yes") { Description = "Do not ask" };
        Command verb = new("store", "Upkeep of the store");
        Command rekey = new("rekey", "Create a new encryption key and rewrite everything with it; run it again to continue an interrupted one") { yes };
        verb.Subcommands.Add(rekey.Runs<RekeyVerb>(run, (parsed, upkeep, stop) => upkeep.RunAsync(parsed.GetValue(yes), stop)));
        return verb;
    }

    private static TimeSpan? Duration(ArgumentResult result)
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
        if (text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan duration)
            && duration >= TimeSpan.Zero) return duration;
        result.AddError($"'{text}' is not a duration. Write days, hours, minutes and seconds as 90.00:00:00.");
        return null;
    }

    private static Command Sandbox(IVerbRunner run)
    {
        Option<string?> urls = new("--urls")
        {
            HelpName = "URL", Description = "Where to listen, such as http://127.0.0.1:18080 (default: a free loopback port)",
        };
        Option<string?> seed = new("--seed") { HelpName = "FILE", Description = "JSON file with the tenant, or contoso (default) or migration" };
        Option<string?> faults = new("--faults") { HelpName = "FILE", Description = "JSON file with faults to simulate" };
        Option<DateOnly?> date = new("--date") { HelpName = "DATE", Description = "The day that it is there, such as 2027-02-20 (default: today)" };
        Command verb = new("sandbox", "Serve a sandbox tenant that speaks Microsoft Graph's HTTP") { urls, seed, faults, date };
        verb.Subcommands.Add(new Command("reset", "Reset a sandbox tenant to its seed")
            .Runs<SandboxVerb>(run, static (_, sandbox, stop) => sandbox.ResetAsync(stop)));
        Option<string> target = new("--out") { HelpName = "FILE", Description = "The file to write", Required = true };
        verb.Subcommands.Add(new Command("sample", "Write a list to try with the built-in sandbox") { target }
            .Runs<SandboxVerb>(run, (parsed, sandbox, stop) => sandbox.SampleAsync(parsed.GetRequiredValue(target), stop)));
        return verb.Runs<SandboxVerb>(run, (parsed, sandbox, stop) => sandbox.ServeAsync(
            new SandboxServing(parsed.GetValue(urls), parsed.GetValue(seed), parsed.GetValue(faults), parsed.GetValue(date)), stop));
    }
}
