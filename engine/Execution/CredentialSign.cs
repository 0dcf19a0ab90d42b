namespace ProvisioningConnector.Engine.Execution;

/// <summary>What the answers to one user's requests say of the credential.</summary>
internal enum CredentialSign : byte
{
    /// <summary>Nothing: nothing was sent, or nothing trustworthy came back.</summary>
    None,

    /// <summary>No token was to be had, or the tenant did not accept it (401).</summary>
    Unauthenticated,

    /// <summary>The tenant refused for want of a permission (403), and accepted nothing.</summary>
    Forbidden,

    /// <summary>A write was accepted, or refused for a reason of its own.</summary>
    Works,
}
