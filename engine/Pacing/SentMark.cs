namespace ProvisioningConnector.Engine.Pacing;

/// <summary>What the gate remembers of a call under way.</summary>
/// <param name="Cost">What it costs.</param>
/// <param name="At">When it left, in seconds of the gate's clock.</param>
/// <param name="Generation">How many times the gate had drawn back by then: only a call of the present generation may make it draw back again.</param>
/// <param name="SentBefore">Cost sent before it, over the gate's whole life.</param>
internal readonly record struct SentMark(int Cost, double At, int Generation, double SentBefore);
