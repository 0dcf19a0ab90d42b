using Microsoft.Graph.Models;
using ProvisioningConnector.Graph.Sdk;

namespace ProvisioningConnector.Graph.Readiness;

/// <summary>A Conditional Access policy in force that is about registering security information.</summary>
/// <param name="Name">Its display name.</param>
/// <param name="BlocksAll">Whether it blocks everybody everywhere.</param>
internal readonly record struct RegistrationPolicy(string Name, bool BlocksAll)
{
    private const string Action = "urn:user:registersecurityinfo";

    /// <summary>Conditional Access policies about the user action <c>registersecurityinfo</c>; all others are left aside.</summary>
    public static SdkList<ConditionalAccessPolicy, RegistrationPolicy> List { get; } = new(ConditionalAccessPolicy.CreateFromDiscriminatorValue,
        static (policy, policies) =>
        {
            ConditionalAccessConditionSet? conditions = policy.Conditions;
            if (policy.State != ConditionalAccessPolicyState.Enabled || !Holds(conditions?.Applications?.IncludeUserActions, Action)) return true;
            ConditionalAccessUsers? users = conditions?.Users;
            bool everybody = Holds(users?.IncludeUsers, "All")
                && users is { ExcludeUsers: null or [], ExcludeGroups: null or [], ExcludeRoles: null or [] };
            bool everywhere = conditions is
            {
                Locations: null or { ExcludeLocations: null or [] }, Platforms: null or { ExcludePlatforms: null or [] },
                Devices: null
            };
            bool blocks = policy.GrantControls?.BuiltInControls?.Contains(ConditionalAccessGrantControl.Block) == true;
            policies.Add(new RegistrationPolicy(policy.DisplayName ?? policy.Id ?? "(no name)", blocks && everybody && everywhere));
            return true;
        });

    private static bool Holds(List<string>? list, string value) => list?.Contains(value, StringComparer.OrdinalIgnoreCase) == true;
}
