using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Engine.Execution;

/// <summary>
/// Asked before each write of a plan that rests on more than the user's methods, under the lock of the user. It reads what the plan rested on once more.
/// </summary>
public interface IWriteCheck
{
    /// <returns>Why the write must not be sent; null: it may.</returns>
    ValueTask<HoldReason?> HoldAsync(string uid, Operation operation, CancellationToken cancellation);
}
