using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Readiness;

namespace ProvisioningConnector.Composition.Readiness;

/// <summary>What is kept of earlier runs of <c>readiness</c>, in the store: counts only, the newest <see cref="Most"/> runs of a tenant.</summary>
internal sealed class ReadinessMemory(IRunStore store, string tenantId)
{
    /// <summary>More than a year of one run a day.</summary>
    public const int Most = 400;

    private string Name => $"readiness:{tenantId.ToLowerInvariant()}";

    /// <summary>Oldest first.</summary>
    /// <exception cref="StoreException">The note is damaged.</exception>
    public async ValueTask<ImmutableArray<ReadinessSnapshot>> ReadAsync(CancellationToken cancellation)
    {
        if (await store.ReadNoteAsync(Name, cancellation) is not { Length: > 0 } text) return [];
        try
        {
            return JsonSerializer.Deserialize<ImmutableArray<ReadinessSnapshot>>(text);
        }
        catch (JsonException wrong)
        {
            throw new StoreException(StoreProblem.Damaged, $"The store's note '{Name}' cannot be read.", "Restore the store from a backup.", wrong);
        }
    }

    public async ValueTask AddAsync(ReadinessSnapshot snapshot, CancellationToken cancellation)
    {
        ImmutableArray<ReadinessSnapshot> earlier = await ReadAsync(cancellation);
        await store.WriteNoteAsync(Name, JsonSerializer.Serialize(earlier.Add(snapshot).TakeLast(Most)), cancellation);
    }
}
