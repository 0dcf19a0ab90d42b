using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Tenant;

/// <summary>SMS sign-in of a mobile number (docs/graph.md#sms-sign-in): who may, and who already uses the number.</summary>
internal static class SmsSignIn
{
    public static bool InScope(SandboxUser user, SandboxSettings settings) =>
        !user.IsGuest && (user.SmsSignInScope ?? settings.SmsSignInForAll);

    /// <summary>The state of a number that no one registered.</summary>
    public static StoredSmsState Unregistered(SandboxUser user, SandboxSettings settings) =>
        user.IsGuest ? StoredSmsState.NotSupported
        : InScope(user, settings) ? StoredSmsState.NotEnabled
        : StoredSmsState.NotAllowedByPolicy;

    /// <summary>The state after the service tried to register the number: <c>ready</c>, or that another user signs in with it.</summary>
    public static StoredSmsState Registered(SandboxUser user, string number, SandboxTenant tenant)
    {
        if (!InScope(user, tenant.Settings)) return Unregistered(user, tenant.Settings);
        foreach (SandboxUser other in tenant.Directory.Users)
            if (other.Exists && other != user && other.Credentials.Mobile is { SmsSignIn: StoredSmsState.Ready } phone
                && NumberFormat.Same(phone.Number, number))
                return StoredSmsState.PhoneNumberNotUnique;
        return StoredSmsState.Ready;
    }
}
