namespace ProvisioningConnector.Engine.Records;

/// <summary>What kind of failure a user's last run ended with, as far as trying again is concerned (safety-and-pacing B3.8).</summary>
public enum RetryClass : byte
{
    /// <summary>It may be over in a while: no answer, throttling, trouble of the service, a state that moved.</summary>
    Transient,

    /// <summary>The tenant did not know the user, or not everywhere yet: new users replicate late.</summary>
    NotFound,

    /// <summary>It stays so until the row, the policy or a limit changes.</summary>
    Permanent,
}
