namespace ProvisioningConnector.Engine.Execution;

/// <summary>How work that writes is asked to end.</summary>
/// <param name="Stop">No further user is begun; users who have begun are finished.</param>
/// <param name="Cut">The time to finish is over: users who have begun are left between two operations, and waits end.</param>
/// <param name="Gone">No one waits any more for what is still on its way.</param>
public readonly record struct EndSignals(CancellationToken Stop, CancellationToken Cut, CancellationToken Gone = default)
{
    /// <summary>The signal that counts for a user: nothing was sent yet, or it was.</summary>
    public CancellationToken For(UserExecutionState work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return work.AnythingSent ? Cut : Stop;
    }
}
