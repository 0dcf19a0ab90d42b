using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Readiness;

namespace ProvisioningConnector.Engine.Migration;

/// <summary>Whom the tenant's registration campaign asks, and what is wanted there for the group of invited people. It is said and read back, and never
/// written (docs/retirement.md#invite). Pure.</summary>
public static class InviteCampaign
{
    private const string Code = "inviteCampaign";
    private const string Where = "Entra admin center, Authentication methods, Registration campaign";

    /// <param name="policy">The policy as read; null: it could not be read.</param>
    /// <param name="group">Object id of the group.</param>
    public static Diagnostic Note(TenantPolicy? policy, string group)
    {
        string wanted = $"Wanted: it targets the group {group}, with passkeys or Microsoft Authenticator ({Where}). This program writes no policy.";
        if (policy is null)
        {
            return Diagnostic.Warning(Code, $"The registration campaign could not be read; grant Policy.Read.AuthenticationMethod. {wanted}");
        }

        string asked = policy.CampaignTargets.IsEmpty ? "no one" : string.Join(", ", policy.CampaignTargets);
        string now = $"The registration campaign ({policy.CampaignState ?? "no state"}) asks {asked}.";
        bool isReached = policy.CampaignTargets.Any(id => id.Equals(group, StringComparison.OrdinalIgnoreCase) || id == MethodTargets.AllUsers);
        return isReached
            ? Diagnostic.Info(Code, $"{now} It reaches the group {group}, so nothing is wanted there.")
            : Diagnostic.Warning(Code, $"{now} {wanted}");
    }
}
