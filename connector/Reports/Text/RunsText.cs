using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Commands;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Findings;

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

        if (runs.Runs.FirstOrDefault(r => r.Resumable) is not { } open) return;
        foreach (string line in NextLines.From($"To go on with {open.RunId}", context.OfRun(open.Tenant.Name, "resume", open.RunId)))
        {
            await output.WriteAsync(line + "\n");
        }
    }

    private static string Line(RunsEntry run, int id, int tenant)
    {
        SummaryEntry summary = run.Summary;
        (string Name, long? Count)[] all =
            [("done", summary.Done), ("failed", summary.Failed), ("unknown", summary.Unknown), ("stale", summary.Stale), ("skipped", summary.Skipped)];
        string counts = string.Join(", ", all.Where(c => c.Count > 0).Select(c => $"{Count.Format(c.Count ?? 0)} {c.Name}"));
        string sandbox = run.Tenant.IsSandbox ? " SANDBOX" : "";
        string soFar = run.Outcome == RunOutcome.Running
            ? $"; {Count.Format(all.Sum(c => c.Count ?? 0))} of {Count.Format(summary.Changed, "user")} so far" : "";
        string what = (counts.Length > 0 ? counts : "no user done") + soFar;
        return $"{run.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm}Z  {Visible.Escape(run.RunId).PadRight(id)}  "
            + $"{Visible.Escape(run.Tenant.Name).PadRight(tenant)}{sandbox} "
            + $" {run.Outcome.Name(),-11}  {what}  {Visible.Escape(run.Source.Name)}";
    }
}
