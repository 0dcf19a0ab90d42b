namespace ProvisioningConnector.Engine.Ports;

/// <summary>The steps of a run, in order.</summary>
public enum RunStep : byte
{
    Source,
    Directory,
    Read,
    Guard,
    Write,
    SecondPass,
}

/// <summary>Hears how a run goes on. Called from several flights at once; must not block.</summary>
public interface IRunProgress
{
    /// <summary>A step begins; null when nobody knows how many there will be.</summary>
    void Begin(RunStep runStep, long? total);

    /// <summary>So many more are done.</summary>
    void Advance(RunStep runStep, long count);
}
