using ProvisioningConnector.Crest.Errors;

namespace ProvisioningConnector.Crest.Access;

/// <summary>The one answer to everybody who is not let in, whatever the reason (idm-conventions 1.8).</summary>
public static class AccessDenied
{
    /// <summary><c>{"code":401,"reason":"Unauthorized","message":"Access Denied"}</c>.</summary>
    public static CrestError Error { get; } = new(CrestStatus.Unauthorized, "Access Denied");
}
