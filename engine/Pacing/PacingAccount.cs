namespace ProvisioningConnector.Engine.Pacing;

/// <summary>Both gates of one tenant and app at one moment.</summary>
public sealed record PacingAccount(GateAccount Reads, GateAccount Writes);
