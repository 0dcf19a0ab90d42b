using System.CommandLine;
using ProvisioningConnector.Host.Cli.Verbs;

namespace ProvisioningConnector.Host.Cli.Commands;

/// <summary>The verbs about evidence: <c>approve</c>, <c>history</c>, <c>audit</c>.</summary>
internal static class EvidenceCommands
{
    public static void AddTo(RootCommand root, Func<ParseResult, Func<VerbContext, Task<int>>, Task<int>> run)
    {
        root.Subcommands.Add(Approve(run));
        root.Subcommands.Add(History(run));
        root.Subcommands.Add(Audit(run));
    }

    private static Command Approve(Func<ParseResult, Func<VerbContext, Task<int>>, Task<int>> run)
    {
        Argument<string?> plan = new("PLAN") { Description = "A plan saved with plan --out. Without one: a limit of the facade is opened, with --tenant, "
            + "--allow and --for", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> lifetime = new("--for") { Description = "How long it counts, such as 04:00:00 (default: as long as the plan may be applied)" };
        return With(new Command("approve", "A second person's seal on a saved plan; needs --reason. --allow KEY=N lets exactly that guardrail pass") { plan,
            lifetime }, run,
            (parsed, c) => parsed.GetValue(plan) is { } path
                ? ApproveVerb.RunAsync(c, path, parsed.GetValue(lifetime)) : OpenLimitVerb.RunAsync(c, parsed.GetValue(lifetime)));
    }

    private static Command History(Func<ParseResult, Func<VerbContext, Task<int>>, Task<int>> run)
    {
        Argument<string> user = new("USER") { Description = "Object id, user principal name, or the user as a source writes it" };
        return With(new Command("history", "All that was decided and done for a user, from the store alone") { user },
            run, (parsed, c) => HistoryVerb.RunAsync(c, parsed.GetRequiredValue(user)));
    }

    private static Command Audit(Func<ParseResult, Func<VerbContext, Task<int>>, Task<int>> run)
    {
        Option<string> target = new("--out") { Description = "The file to write (NDJSON, mode 600)", Required = true };
        Command verb = new("audit", "The chain of evidence");
        verb.Subcommands.Add(With(new Command("verify", "Check the chain, the second sink and the runs; ends with 1 when something is found"),
            run, (_, c) => AuditVerbs.VerifyAsync(c)));
        verb.Subcommands.Add(With(new Command("export", "Write all records to a file") { target },
            run, (parsed, c) => AuditVerbs.ExportAsync(c, parsed.GetRequiredValue(target))));
        Option<string?> since = new("--since") { Description = "Compare from here on, such as 2026-11-01 (default: 7 days ago)" };
        Option<string?> delay = new("--delay") { Description = "How late the tenant's log may be, such as 02:00:00 (default: 2.00:00:00)" };
        verb.Subcommands.Add(With(new Command("compare", "Compare with the tenant's own audit log; ends with 1 when something is found") { since, delay }, run,
            (parsed, c) => AuditCompareVerb.RunAsync(c, parsed.GetValue(since), parsed.GetValue(delay))));
        return verb;
    }

    private static Command With(Command verb, Func<ParseResult, Func<VerbContext, Task<int>>, Task<int>> run, Func<ParseResult, VerbContext, Task<int>> action)
    {
        verb.SetAction((parsed, _) => run(parsed, context => action(parsed, context)));
        return verb;
    }
}
