using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Migration;
using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>Where a person cannot be looked at again, nothing of a step of <c>migrate</c> is written.</summary>
internal sealed class NoStepCheck : IWriteCheck
{
    public static NoStepCheck Instance { get; } = new();

    /// <inheritdoc/>
    public ValueTask<HoldReason?> HoldAsync(string uid, Operation operation, CancellationToken cancellation) => new(CleanupHolds.NotChecked);
}
