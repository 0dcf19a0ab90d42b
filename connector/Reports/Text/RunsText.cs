using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Commands;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Reports.Text;

/// <summary>The history of runs for a terminal: one line each, newest first.</summary>
public static class RunsText
{
    public static async Task WriteAsync(RunsDocument runs, CommandContext context, TextWriter output, TextStyle style, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(style);
        if (runs.Runs.IsEmpty)
        {
            await output.WriteAsync("No runs yet. 'provision plan SOURCE' shows what the first would do.\n");
            return;
        }

        int id = runs.Runs.Max(r => Visible.Escape(r.RunId).Length);
        int tenant = runs.Runs.Max(r => Visible.Escape(r.Tenant.Name).Length);
        foreach (RunsEntry run in runs.Runs)
        {
            cancellation.ThrowIfCancellationRequested();
            await output.WriteAsync(style.Fit(Line(run, id, tenant)) + "\n");
        }

        foreach (string line in Next(runs, context)) await output.WriteAsync(line + "\n");
    }

    /// <summary>How to go on with the newest run that can be resumed; no lines when there is none.</summary>
    public static IEnumerable<string> Next(RunsDocument runs, CommandContext context)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(context);
        return runs.Runs.FirstOrDefault(r => r.Resumable) is { } open
            ? NextLines.From($"To continue {open.RunId}", context.OfRun(open.Tenant.Name, "resume", open.RunId)) : [];
    }

    /// <summary>Titles of a table.</summary>
    public static string[] Titles { get; } = ["STARTED (UTC)", "RUN", "OUTCOME", "USERS, SOURCE, TENANT"];

    /// <summary>A row of the table.</summary>
    public static string[] Cells(RunsEntry run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return
        [
            $"{run.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm}", Visible.Escape(run.RunId), run.Outcome.Name(),
            $"{Users(run)}; {Visible.Escape(run.Source.Name)}; {Visible.Escape(run.Tenant.Name)}{(run.Tenant.IsSandbox ? " SANDBOX" : "")}",
        ];
    }

    private static string Line(RunsEntry run, int id, int tenant)
    {
        string sandbox = run.Tenant.IsSandbox ? " SANDBOX" : "";
        return $"{run.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm}Z  {Visible.Escape(run.RunId).PadRight(id)}  "
            + $"{Visible.Escape(run.Tenant.Name).PadRight(tenant)}{sandbox} "
            + $" {run.Outcome.Name(),-11}  {Users(run)}  {Visible.Escape(run.Source.Name)}";
    }

    /// <summary>How many users came to what.</summary>
    private static string Users(RunsEntry run)
    {
        SummaryEntry summary = run.Summary;
        (string Name, long? Count)[] all =
            [("done", summary.Done), ("failed", summary.Failed), ("unknown", summary.Unknown), ("stale", summary.Stale), ("skipped", summary.Skipped)];
        string counts = string.Join(", ", all.Where(c => c.Count > 0).Select(c => $"{Quantity.Of(c.Count ?? 0)} {c.Name}"));
        string soFar = run.Outcome == RunOutcome.Running
            ? $"; {Quantity.Of(all.Sum(c => c.Count ?? 0))} of {Quantity.Of(summary.Changed, "user")} so far" : "";
        return (counts.Length > 0 ? counts : "no user done") + soFar;
    }
}
