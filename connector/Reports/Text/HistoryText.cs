using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Findings;

namespace ProvisioningConnector.Reports.Text;

/// <summary>The history of one user for a terminal: one block per run, newest first.</summary>
public static class HistoryText
{
    public static async Task WriteAsync(HistoryDocument history, TextWriter output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(output);
        foreach (ReadinessPoint point in history.Readiness ?? [])
        {
            string line = $"{point.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z  readiness {point.RunId}: band {point.Band} from then on";
            await output.WriteAsync(Visible.Escape(line) + "\n");
        }

        if (history.Runs.IsEmpty && history.Readiness is { IsEmpty: false }) return;
        if (history.Runs.IsEmpty)
        {
            await output.WriteAsync($"No records for '{Visible.Escape(history.User)}': no source that was applied names this user, or "
                + $"nothing ever changed. 'provision explain USER --source SOURCE' asks the tenant.\n");
            return;
        }

        foreach (HistoryEntry entry in history.Runs)
        {
            foreach (string line in Lines(entry))
            {
                cancellation.ThrowIfCancellationRequested();
                await output.WriteAsync(Visible.Escape(line) + "\n");
            }
        }
    }

    private static IEnumerable<string> Lines(HistoryEntry entry)
    {
        UserEntry user = entry.Entry;
        string sandbox = entry.Tenant.IsSandbox ? " (SANDBOX)" : "";
        yield return $"{entry.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z  run {entry.RunId}, {entry.RunOutcome.Name()}, tenant {entry.Tenant.Name}{sandbox}";
        yield return $"  user      {(user.User.Length > 0 ? user.User : "(no user)")}{(user.DisplayName is { } name ? $" ({name})" : "")}, object id "
            + $"{user.Uid ?? "not found"}";
        yield return $"  row       {user.Place}"
            + $"{(entry.Source.Sha256 is { } digest ? $" of the file with SHA-256 {digest[..Math.Min(12, digest.Length)]}…" : "")}";
        yield return $"  plan      {entry.PlanId} by {entry.PlannedBy}{(entry.AppliedBy is { } applier ? $", applied by {applier}" : "")}";
        if (entry.Approval is { } approval) yield return $"  approved  by {approval.Approver} at {approval.At.UtcDateTime:yyyy-MM-dd HH:mm}Z: "
            + $"{approval.Reason}";
        yield return $"  decision  {user.Situation.Name()}"
            + $"{(user.Outcome is { } outcome ? $"; {outcome.Name()}{(user.Verified is true ? ", verified" : ", not verified")}" : "")}";
        foreach (OperationEntry operation in user.Operations) yield return $"    {Operation(operation)}";
        foreach (HeldPart held in user.Held) yield return $"    {held.Part.Name()} held ({held.Code}): {held.Message}";
        foreach (Diagnostic diagnostic in user.Diagnostics) yield return $"    {diagnostic.Code}: {diagnostic.Message}";
    }

    private static string Operation(OperationEntry operation)
    {
        string what = $"{operation.Action.Name()} {operation.Method}{(operation.Slot is { } slot ? $" {PhoneTypes.Name(slot)}" : "")}: "
            + $"{operation.Before ?? "(empty)"} → {operation.After ?? "(empty)"} because {ReasonWords.Words(operation.Reason)}";
        string outcome = operation.Outcome is { } known ? $"; {known.Name()}" : "; not started";
        string sent = operation.SentAt is { } at ? $", sent {at.UtcDateTime:HH:mm:ss}Z" : "";
        string request = operation.RequestId is { } id ? $", request {id}" : "";
        string error = operation.Error is { } problem ? $", {problem.Code}: {problem.Message}" : "";
        return what + outcome + sent + request + error;
    }
}
