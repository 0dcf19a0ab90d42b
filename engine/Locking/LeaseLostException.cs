namespace ProvisioningConnector.Engine.Locking;

/// <summary>Somebody else has taken the lease: nothing was sent and nothing may be sent any more.</summary>
public sealed class LeaseLostException() : Exception("The lease of the tenant was taken over by another run.");
