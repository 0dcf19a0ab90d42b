namespace ProvisioningConnector.Engine.Model;

/// <summary>
/// Whether a user is to be left without methods on purpose. Then policies <c>LastMethod</c> and <c>DefaultMethod</c> do not apply, and the
/// default goes last: the service deletes it once it is the only one (docs/graph.md#default-method-and-deletion).
/// </summary>
public enum Clearing : byte
{
    /// <summary>No: the policies protect the user.</summary>
    None,

    /// <summary>The person shall register anew; hardware tokens are deactivated and stay assigned (docs/graph.md#other-methods).</summary>
    Reregister,

    /// <summary>The person leaves; hardware tokens are taken away too.</summary>
    Offboard,
}
