using System.Globalization;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Incremental;

namespace ProvisioningConnector.Composition.Runs;

/// <summary>What a plan needs to choose whom it reads (<c>--incremental</c>), and what is kept for the next one.</summary>
internal static class IncrementalRuns
{
    /// <summary>Null without <c>--incremental</c>: everybody is read.</summary>
    public static async ValueTask<IncrementalSelection?> SelectionAsync(
        RunOrder order, Workspace workspace, ReadingTenant tenant, PlanHead draft, CancellationToken cancellation)
    {
        if (!order.Incremental) return null;
        string? note = await workspace.Store.ReadNoteAsync(Note(draft), cancellation);
        bool known = DateTimeOffset.TryParseExact(note, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTimeOffset last);
        IncrementalSettings settings = new() { FullSweepAfter = workspace.Tenant.FullSweepAfter, SinceLastRun = known ? draft.CreatedAt - last : null };
        return new IncrementalSelection(workspace.States, tenant.Changes, workspace.StateDigests, settings, order.Time, workspace.Retries);
    }

    /// <summary>Remembers when a run of this source planned: how often it comes decides how much the rolling share must hold.</summary>
    public static ValueTask KeepAsync(Workspace workspace, PlanHead plan, CancellationToken cancellation) =>
        workspace.Store.WriteNoteAsync(Note(plan), plan.CreatedAt.ToString("O", CultureInfo.InvariantCulture), cancellation);

    private static string Note(PlanHead plan) => $"planned:{plan.Tenant.Id}:{plan.Source.Name}";
}
