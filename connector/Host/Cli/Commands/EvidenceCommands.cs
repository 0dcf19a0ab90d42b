using System.CommandLine;
using ProvisioningConnector.Host.Cli.Verbs;

namespace ProvisioningConnector.Host.Cli.Commands;

/// <summary>The verbs about evidence: <c>approve</c>, <c>history</c>, <c>audit</c>.</summary>
internal static class EvidenceCommands
{
    public static void AddTo(RootCommand root, IVerbRunner run)
    {
        root.Subcommands.Add(Approve(run));
        root.Subcommands.Add(History(run));
        root.Subcommands.Add(Audit(run));
    }

    private static Command Approve(IVerbRunner run)
    {
        Argument<string?> plan = new("PLAN")
        {
            Description = "A plan saved with plan --out. Without one: a limit of the facade is opened, with --tenant, "
            + "--allow and --for", Arity = ArgumentArity.ZeroOrOne
        };
        Option<string?> lifetime = new("--for")
        {
            HelpName = "HH:MM:SS", Description = "How long it is valid, such as 04:00:00 (default: as long as the plan may be applied)",
        };
        Option<string?> key = new("--sign-with")
        {
            HelpName = "FILE",
            Description = "Sign the approval with this private key (PEM, P-256) and leave it as a file beside the plan: needs neither the store nor the tenant",
        };
        Option<string?> target = new("--out") { HelpName = "FILE", Description = "With --sign-with: where to write it (default: beside the plan)" };
        Command verb = new("approve", "Approve a saved plan as a second person; needs --reason. --allow KEY=N lets exactly that guardrail pass")
        {
            plan, lifetime, key, target,
        };
        verb.SetAction((parsed, _) => parsed.GetValue(plan) is { } path
            ? parsed.GetValue(key) is { } file ? run.RunAsync<SignApprovalVerb>(
                parsed, (sign, stop) => sign.RunAsync(path, file, parsed.GetValue(lifetime), parsed.GetValue(target), stop))
            : run.RunAsync<ApproveVerb>(parsed, (approve, stop) => approve.RunAsync(path, parsed.GetValue(lifetime), stop))
            : run.RunAsync<OpenLimitVerb>(parsed, (open, stop) => open.RunAsync(parsed.GetValue(lifetime), stop)));
        return verb;
    }

    private static Command History(IVerbRunner run)
    {
        Argument<string> user = new("USER") { Description = "Object id, user principal name, or the user as a source writes it" };
        return new Command("history", "Show all decisions and changes for a user, from the store only") { user }
            .Runs<HistoryVerb>(run, (parsed, history, stop) => history.RunAsync(parsed.GetRequiredValue(user), stop));
    }

    private static Command Audit(IVerbRunner run)
    {
        Option<string> target = new("--out") { HelpName = "FILE", Description = "The file to write (NDJSON, mode 600)", Required = true };
        Command verb = new("audit", "Audit trail");
        verb.Subcommands.Add(new Command("verify", "Verify the audit trail, its second sink and the runs; exit code 1 when something is found")
            .Runs<AuditVerbs>(run, static (_, audit, stop) => audit.VerifyAsync(stop)));
        verb.Subcommands.Add(new Command("export", "Write all records to a file") { target }
            .Runs<AuditVerbs>(run, (parsed, audit, stop) => audit.ExportAsync(parsed.GetRequiredValue(target), stop)));
        Option<string?> since = new("--since") { HelpName = "DATE", Description = "Compare from this time on, such as 2026-11-01 (default: 7 days ago)" };
        Option<string?> delay = new("--delay")
        {
            HelpName = "HH:MM:SS", Description = "How late the tenant's log may be, such as 02:00:00 (default: 2.00:00:00)",
        };
        verb.Subcommands.Add(new Command("compare", "Compare with the tenant's own audit log; exit code 1 when something is found") { since, delay }
            .Runs<AuditCompareVerb>(run, (parsed, compare, stop) => compare.RunAsync(parsed.GetValue(since), parsed.GetValue(delay), stop)));
        return verb;
    }
}
