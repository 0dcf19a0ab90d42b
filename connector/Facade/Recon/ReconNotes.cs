using System.Text.Json;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Facade.Recon;

/// <summary>What the store keeps of a reconciliation beside its run: its mapping, what its rows came to, and whether it was forgotten.</summary>
/// <param name="Forgotten">Its status is not shown any more; the run and its evidence stay.</param>
/// <param name="Planned">As it was planned; null when that is not known.</param>
internal sealed record ReconNote(bool Forgotten, ReconStatus? Planned);

/// <summary>Reads and writes these notes.</summary>
internal static class ReconNotes
{
    public static ValueTask KeepAsync(IRunStore store, ReconJob recon, CancellationToken cancellation) =>
        store.WriteNoteAsync(Name(recon.Id), JsonSerializer.Serialize(new ReconNote(false, recon.AsPlanned)), cancellation);

    public static ValueTask ForgetAsync(IRunStore store, string runId, CancellationToken cancellation) =>
        store.WriteNoteAsync(Name(runId), JsonSerializer.Serialize(new ReconNote(true, null)), cancellation);

    public static async ValueTask<ReconNote?> FindAsync(IRunStore store, string runId, CancellationToken cancellation) =>
        await store.ReadNoteAsync(Name(runId), cancellation) is { } text ? JsonSerializer.Deserialize<ReconNote>(text) : null;

    private static string Name(string runId) => $"recon:{runId}";
}
