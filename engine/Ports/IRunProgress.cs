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

/// <summary>How one of those that are done ended, where that needs attention.</summary>
public enum StepMark : byte
{
    /// <summary>Something of the user is held.</summary>
    Held,

    /// <summary>The row is wrong, the user was not found or not read, or a write failed or is unknown.</summary>
    Failed,
}

/// <summary>Receives progress. Called from several threads at once; must not block.</summary>
public interface IRunProgress
{
    /// <summary>A step begins, or is gone on with; null when no one knows how many there will be.</summary>
    /// <param name="runStep">Which step.</param>
    /// <param name="total">All that there is to do in it, what was done before included.</param>
    /// <param name="done">Done before.</param>
    void Begin(RunStep runStep, long? total, long done = 0);

    /// <summary>So many more are done.</summary>
    void Advance(RunStep runStep, long count);

    /// <summary>So many more turn out to have been done before: they count as done and say nothing of the speed.</summary>
    void Skip(RunStep runStep, long count);

    /// <summary>One of those that are done was held or failed.</summary>
    void Mark(RunStep runStep, StepMark mark)
    {
    }

    /// <summary>The last step begun has ended.</summary>
    void Finish();
}
