using System.Collections.Immutable;
using ProvisioningConnector.Graph.Credentials;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>Reads a tenant's <c>StepCredentials</c>.</summary>
internal static class StepCredentialReading
{
    private const string Key = "StepCredentials";

    private static readonly ImmutableArray<string> Steps = [StepCredentials.Invite, StepCredentials.Default, StepCredentials.Cleanup, StepCredentials.Rescue];

    public static StepCredentials Read(SettingsSection tenant, string? tenantId, string? clientId)
    {
        SettingsSection section = tenant.Section(Key, "a credential for each writing step of `migrate`: [least privileges](permissions.md#steps-of-migrate)");
        ImmutableSortedDictionary<string, CredentialSettings>.Builder found = new StepCredentials().ByStep.ToBuilder();
        foreach (string step in Steps)
        {
            if (CredentialReading.Read(section, StepCredentials.Key(step), $"for `migrate {step}`; without it the tenant's other credentials write", tenantId,
                clientId) is { } one)
            {
                found[step] = one;
            }
        }

        StepCredentials credentials = new()
        {
            ByStep = found.ToImmutable(),
            RefusesSurplus = section.Choice("Surplus", SurplusRule.Refuse,
                "what becomes of a step whose token may write more than the step needs") == SurplusRule.Refuse,
        };
        section.NoOthers();
        return credentials;
    }

    /// <summary>The credentials and where they stand, for the checks that all credentials of a tenant pass.</summary>
    public static IEnumerable<(SettingsSection Section, string Key, CredentialSettings? Credential)> Checked(
        SettingsSection tenant, StepCredentials credentials) =>
        Steps.Select(step => (tenant.Below(Key), StepCredentials.Key(step), credentials.ByStep.GetValueOrDefault(step)));

    private enum SurplusRule : byte
    {
        Refuse,
        Allow,
    }
}
