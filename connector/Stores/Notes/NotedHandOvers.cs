using System.Collections.Immutable;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Stores.Notes;

/// <summary>Passes on their way to people as a note of a run store, whichever it is: a handful at a time.</summary>
public sealed class NotedHandOvers(IRunStore store) : IHandOvers
{
    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<HandOver>> AllAsync(string tenantId, CancellationToken cancellation) =>
        (await ReadAsync(tenantId, cancellation)).HandOvers;

    /// <inheritdoc/>
    public ValueTask KeepAsync(string tenantId, HandOver handOver, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(handOver);
        return ChangeAsync(tenantId, before => before with
        {
            HandOvers = [.. before.HandOvers.Where(one => one.Id != handOver.Id && !(one.IsProved && one.EndsAt < now)), handOver],
        }, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask ForgetAsync(string tenantId, string id, CancellationToken cancellation) =>
        ChangeAsync(tenantId, before => before with { HandOvers = before.HandOvers.RemoveAll(one => one.Id == id) }, cancellation);

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<RescueApproval>> ApprovalsAsync(string tenantId, CancellationToken cancellation) =>
        (await ReadAsync(tenantId, cancellation)).Approvals;

    /// <inheritdoc/>
    public ValueTask ApproveAsync(string tenantId, RescueApproval approval, DateTimeOffset now, CancellationToken cancellation) =>
        ChangeAsync(tenantId, before => before with { Approvals = before.Approvals.RemoveAll(one => one.Until < now).Add(approval) }, cancellation);

    /// <inheritdoc/>
    public ValueTask SpendAsync(string tenantId, RescueApproval approval, CancellationToken cancellation) =>
        ChangeAsync(tenantId, before => before with { Approvals = before.Approvals.Remove(approval) }, cancellation);

    private async ValueTask<Kept> ReadAsync(string tenantId, CancellationToken cancellation) =>
        await KeyValueMemory.ReadAsync<Kept>(store, Name(tenantId), cancellation) ?? new Kept([], []);

    private ValueTask ChangeAsync(string tenantId, Func<Kept, Kept> change, CancellationToken cancellation) =>
        KeyValueMemory.ChangeAsync<Kept>(store, Name(tenantId), before => change(before ?? new Kept([], [])), cancellation);

    private static string Name(string tenantId) => $"handOvers:{KeyValueMemory.Tenant(tenantId)}";

    /// <summary>The note's body; its names are stored.</summary>
    private sealed record Kept(ImmutableArray<HandOver> HandOvers, ImmutableArray<RescueApproval> Approvals);
}
