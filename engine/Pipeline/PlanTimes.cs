using System.Globalization;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>When the last run of a source planned: how often it comes decides how much the rolling share of incremental runs must hold.</summary>
internal static class PlanTimes
{
    /// <summary>Null when none is known.</summary>
    public static async ValueTask<DateTimeOffset?> LastAsync(IRunStore store, PlanHeader draft, CancellationToken cancellation)
    {
        string? note = await store.ReadNoteAsync(Note(draft), cancellation);
        return DateTimeOffset.TryParseExact(note, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTimeOffset last) ? last : null;
    }

    public static ValueTask KeepAsync(IRunStore store, PlanHeader plan, CancellationToken cancellation) =>
        store.WriteNoteAsync(Note(plan), plan.CreatedAt.ToString("O", CultureInfo.InvariantCulture), cancellation);

    private static string Note(PlanHeader plan) => $"planned:{plan.Tenant.Id}:{plan.Source.Name}";
}
