using ProvisioningConnector.Engine.Execution;

namespace ProvisioningConnector.Host.Cli;

/// <summary>One call of the program: who makes it, and how it is asked to end.</summary>
/// <param name="Actor">Who runs the command, <c>user@host</c>; the chain of evidence names them.</param>
/// <param name="Signals">First signal: finish users who have begun, begin no others. When the time for that is over: leave them between two operations.
/// Second signal: give up.</param>
internal sealed record Invocation(string Actor, EndSignals Signals)
{
    /// <summary>Sees to it that the process is gone so long after the first signal; does nothing where the process is not ours.</summary>
    public Action<TimeSpan> GoneWithin { get; init; } = static _ => { };
}
