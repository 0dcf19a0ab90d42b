using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Composition.Runs;

/// <summary>Nobody wants to hear.</summary>
internal sealed class SilentProgress : IRunProgress
{
    public void Begin(RunStep runStep, long? total, long done = 0)
    {
    }

    public void Advance(RunStep runStep, long count)
    {
    }

    public void Skip(RunStep runStep, long count)
    {
    }

    public void Finish()
    {
    }
}
