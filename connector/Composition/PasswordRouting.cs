using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Graph.Credentials;
using ProvisioningConnector.Graph.Settings;

namespace ProvisioningConnector.Composition;

/// <summary>By which route a password is reset: the writing token and the cloud decide.</summary>
internal static class PasswordRouting
{
    /// <summary>The request for a password, by the route that the writing token decides.</summary>
    public static PasswordResetRequest For(TenantSettings tenant, TokenFacts token, bool given) =>
        new(Sets(tenant, token) ? PasswordRoute.PasswordProfile : PasswordRoute.ResetOperation, given, !Sets(tenant, token) || tenant.Passwords.MustChange);

    /// <summary>An app's token, and China, have no resetPassword (docs/graph.md#password-reset, docs/graph.md#national-clouds).</summary>
    private static bool Sets(TenantSettings tenant, TokenFacts token) => token.IsAppOnly || tenant.Graph.Cloud == GraphCloud.China;
}
