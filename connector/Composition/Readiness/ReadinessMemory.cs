using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Reports.Readiness;

namespace ProvisioningConnector.Composition.Readiness;

/// <summary>
/// What is kept of earlier runs of <c>readiness</c>, in the store: counts only, the newest <see cref="Most"/> runs of a tenant, and what was found
/// of the tenant itself in the last one.
/// </summary>
internal sealed class ReadinessMemory(IRunStore store, string tenantId)
{
    /// <summary>More than a year of one run a day.</summary>
    public const int Most = 400;

    private string LastName => $"readinessLast:{tenantId.ToLowerInvariant()}";

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
            throw Damaged(Name, wrong);
        }
    }

    public async ValueTask AddAsync(ReadinessSnapshot snapshot, CancellationToken cancellation)
    {
        ImmutableArray<ReadinessSnapshot> earlier = await ReadAsync(cancellation);
        await store.WriteNoteAsync(Name, JsonSerializer.Serialize(earlier.Add(snapshot).TakeLast(Most)), cancellation);
    }

    /// <summary>The last run, without the groups of people, of which some are small; null: none is kept.</summary>
    /// <exception cref="StoreException">The note is damaged.</exception>
    public async ValueTask<TenantReadiness?> LastAsync(CancellationToken cancellation)
    {
        if (await store.ReadNoteAsync(LastName, cancellation) is not { Length: > 0 } text) return null;
        try
        {
            return ReadinessJson.Tenant(text);
        }
        catch (JsonException wrong)
        {
            throw Damaged(LastName, wrong);
        }
    }

    public ValueTask KeepLastAsync(TenantReadiness tenant, CancellationToken cancellation)
    {
        TenantReadiness kept = tenant with { Departments = [], Languages = [], Managers = [], Report = null, Change = null, History = [] };
        return store.WriteNoteAsync(LastName, ReadinessJson.Text(kept), cancellation);
    }

    private static StoreException Damaged(string name, JsonException wrong) =>
        new(StoreProblem.Damaged, $"The store's note '{name}' cannot be read.", "Restore the store from a backup.", wrong);
}
