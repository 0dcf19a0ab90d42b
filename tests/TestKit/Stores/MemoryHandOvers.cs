using System.Collections.Immutable;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.TestKit.Stores;

/// <summary>Passes on their way to people, in memory. A process can be made to die before or after each change.</summary>
public sealed class MemoryHandOvers : IHandOvers
{
    private readonly List<HandOver> _handOvers = [];
    private readonly List<RescueApproval> _approvals = [];

    /// <summary>Called with the number of the change before it is made, and once more after it.</summary>
    public Action<int, bool> Around { get; set; } = static (_, _) => { };

    private int _changes;

    public ValueTask<ImmutableArray<HandOver>> AllAsync(string tenantId, CancellationToken cancellation) => new([.. _handOvers]);

    public ValueTask KeepAsync(string tenantId, HandOver handOver, DateTimeOffset now, CancellationToken cancellation) => Change(() =>
    {
        ArgumentNullException.ThrowIfNull(handOver);
        _handOvers.RemoveAll(one => one.Id == handOver.Id || (one.IsProved && one.EndsAt < now));
        _handOvers.Add(handOver);
    });

    public ValueTask ForgetAsync(string tenantId, string id, CancellationToken cancellation) => Change(() => _handOvers.RemoveAll(one => one.Id == id));

    public ValueTask<ImmutableArray<RescueApproval>> ApprovalsAsync(string tenantId, CancellationToken cancellation) => new([.. _approvals]);

    public ValueTask ApproveAsync(string tenantId, RescueApproval approval, DateTimeOffset now, CancellationToken cancellation) => Change(() =>
    {
        _approvals.RemoveAll(one => one.Until < now);
        _approvals.Add(approval);
    });

    public ValueTask SpendAsync(string tenantId, RescueApproval approval, CancellationToken cancellation) => Change(() => _approvals.Remove(approval));

    private ValueTask Change(Action change)
    {
        int number = _changes++;
        Around(number, false);
        change();
        Around(number, true);
        return ValueTask.CompletedTask;
    }
}
