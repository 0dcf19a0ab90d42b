namespace ProvisioningConnector.Engine.Pacing;

/// <summary>The two sorts of calls that the service meters apart (docs/graph.md#throttling): each has a gate of its own.</summary>
public enum CallKind
{
    /// <summary>Asks; a batch of 20 asks is one call of cost 20.</summary>
    Read,

    /// <summary>Changes something.</summary>
    Write,
}
