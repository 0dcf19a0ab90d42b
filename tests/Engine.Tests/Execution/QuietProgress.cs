using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Tests.Execution;

/// <summary>Null object: ignores progress.</summary>
internal sealed class QuietProgress : IRunProgress
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
