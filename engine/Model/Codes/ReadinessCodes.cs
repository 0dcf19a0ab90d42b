using System.Collections.Immutable;
using static ProvisioningConnector.Engine.Model.Codes.CodePlaces;

namespace ProvisioningConnector.Engine.Model.Codes;

/// <summary>Findings about a tenant's readiness (docs/retirement.md).</summary>
public static class ReadinessCodes
{
    public static ImmutableArray<KnownCode> All { get; } =
    [
        new("noDate", Finding, "No date is announced for this kind of tenant."),
        new("reportNotRead", Finding, "The registration report could not be read."),
        new("providerNotSet", Finding, "It is not configured whether an own telephony provider covers people."),
        new("migrationOpen", Finding, "The migration of the old MFA and reset policies is not complete."),
        new("passkeyOff", Finding, "Passkeys are off."),
        new("passkeySelfServiceOff", Finding, "People may not register passkeys themselves."),
        new("passkeyNoUsableType", Finding, "The passkey policy admits no type of passkey."),
        new("passkeyProfilesCombine", Finding, "Several passkey profiles combine."),
        new("passOff", Finding, "Temporary access passes are off."),
        new("campaign", Finding, "The state of the registration campaign."),
        new("campaignOff", Finding, "The registration campaign is off."),
        new("optOut", Finding, "Whether the tenant opted out of the passkey rollout."),
        new("registrationBlocked", Finding, "Conditional Access blocks registering security information."),
        new("registrationLimited", Finding, "Conditional Access limits registering security information."),
        new("phoneStrengths", Finding, "Authentication strengths that only SMS or voice satisfies."),
    ];
}
