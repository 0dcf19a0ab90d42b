using Microsoft.Graph.Models;
using ProvisioningConnector.Graph.Sdk;

namespace ProvisioningConnector.Graph.Readiness;

/// <summary>Authentication strengths of which every allowed combination needs SMS or voice: their display names.</summary>
internal static class PhoneStrengthNames
{
    private const AuthenticationMethodModes Phones = AuthenticationMethodModes.Sms | AuthenticationMethodModes.Voice;

    public static SdkList<AuthenticationStrengthPolicy, string> List { get; } = new(AuthenticationStrengthPolicy.CreateFromDiscriminatorValue,
        static (strength, names) =>
        {
            // A combination that the SDK does not know needs no phone.
            if (strength.AllowedCombinations is { Count: > 0 } combinations
                && combinations.TrueForAll(static modes => ((modes ?? default) & Phones) != default))
            {
                names.Add(strength.DisplayName ?? strength.Id ?? "(no name)");
            }

            return true;
        });
}
