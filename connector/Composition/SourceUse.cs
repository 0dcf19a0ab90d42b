using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Composition;

/// <summary>What a source is opened for.</summary>
internal sealed record SourceUse
{
    public static SourceUse Plain { get; } = new();

    /// <summary>It holds only changes, whatever the configuration says.</summary>
    public bool Delta { get; init; }

    /// <summary>Opens standard input; only a command has one.</summary>
    public Func<Stream> StandardInput { get; init; } = static () => throw new InvalidOperationException("Only a command has a standard input.");

    /// <summary>Called when the plan is made, to read the source a second time; null: it is read once.</summary>
    public Func<OpenedSource, IPlanSpool, CancellationToken, Task>? Planned { get; init; }
}
