using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>Shows no progress.</summary>
public sealed class SilentProgress : IRunProgress
{
    public static SilentProgress Instance { get; } = new();

    /// <inheritdoc/>
    public void Begin(RunStep runStep, long? total, long done = 0)
    {
    }

    /// <inheritdoc/>
    public void Advance(RunStep runStep, long count)
    {
    }

    /// <inheritdoc/>
    public void Skip(RunStep runStep, long count)
    {
    }

    /// <inheritdoc/>
    public void Finish()
    {
    }
}
