using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>Lets everything pass but membership of groups.</summary>
internal sealed class NoMembership : IWriteCheck
{
    public static NoMembership Instance { get; } = new();

    private static HoldReason NotHere { get; } = new(HoldCodes.FactUnknown, Standing: false,
        "Membership of a group is changed by 'migrate invite' and its undo only. Plan again with 'provision migrate invite'.");

    /// <inheritdoc/>
    public ValueTask<HoldReason?> HoldAsync(string uid, Operation operation, CancellationToken cancellation) =>
        new(operation.Part == Part.Membership ? NotHere : null);
}
