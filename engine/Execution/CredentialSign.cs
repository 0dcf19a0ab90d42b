namespace ProvisioningConnector.Engine.Execution;

/// <summary>What the answers to one user's requests say of the credential.</summary>
internal enum CredentialSign : byte
{
    /// <summary>Nothing: nothing was sent, or nothing trustworthy came back.</summary>
    None,

    /// <summary>Every answer was a refusal for want of a token or a permission.</summary>
    Refused,

    /// <summary>A write was accepted, or refused for a reason of its own.</summary>
    Works,
}
