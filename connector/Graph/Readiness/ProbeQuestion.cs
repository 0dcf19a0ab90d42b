using System.Collections.Immutable;
using ProvisioningConnector.Graph.Answers;

namespace ProvisioningConnector.Graph.Readiness;

/// <summary>A question to a tenant, about a fact that its pages do not settle (docs/graph.md).</summary>
/// <param name="Name">Stable.</param>
/// <param name="Path">Below the version, with places for a person and a group.</param>
/// <param name="Purpose">What it is for; it decides the gate and what errors mean.</param>
/// <param name="Fact">What the answer settles.</param>
internal sealed record ProbeQuestion(string Name, string Path, Purpose Purpose, string Fact)
{
    private const string Policy = "policies/authenticationMethodsPolicy";
    private const string Methods = "/authentication/";

    public bool IsBeta { get; init; }

    /// <summary>Whether the first entry of the answer is a person to ask about.</summary>
    public bool NamesPerson { get; init; }

    /// <summary>Whether the answer names groups to ask about.</summary>
    public bool NamesGroups { get; init; }

    /// <summary>As it is written down.</summary>
    public string Shown => $"GET /{(IsBeta ? "beta" : "v1.0")}/{Path}";

    /// <summary>All, in the order in which they are asked: what names a person and a group comes before what asks about them.</summary>
    public static ImmutableArray<ProbeQuestion> All { get; } =
    [
        new("organization", "organization?$select=id,tenantType", Purpose.ReadOrganization, "The type of tenant, which decides whether a date is announced."),
        new("policy", Policy, Purpose.ReadPolicy, "Which methods are on and for whom, the campaign, the migration state, and passkey profiles.")
        {
            NamesGroups = true,
        },
        new("policyBeta", Policy, Purpose.ReadPolicy, "Whether beta returns optOutSettings, and what passkeyDynamicMigration is.") { IsBeta = true },
        new("optOutSelect", Policy + "?$select=optOutSettings", Purpose.ReadPolicy, "Whether optOutSettings can be selected.") { IsBeta = true },
        new("passPolicy", Policy + "/authenticationMethodConfigurations/TemporaryAccessPass", Purpose.ReadPolicy,
            "The policy of temporary access passes."),
        new("passkeyPolicy", Policy + "/authenticationMethodConfigurations/Fido2", Purpose.ReadPolicy,
            "Self-service set-up, attestation and profiles of passkeys."),
        new("conditionalAccess", "identity/conditionalAccess/policies?$top=1", Purpose.ReadConditionalAccess,
            "Whether Conditional Access policies can be read."),
        new("strengths", "policies/authenticationStrengthPolicies?$top=1", Purpose.ReadPolicy, "Whether authentication strengths can be read."),
        new("registrationReport", "reports/authenticationMethods/userRegistrationDetails?$top=1", Purpose.ReadReport,
            "Whether the registration report is licensed, what a refusal looks like, and how old its rows are.") { NamesPerson = true },
        new("registrationColumns",
            "reports/authenticationMethods/userRegistrationDetails?$top=1&$select=id,methodsRegistered,isSsprEnabled,lastUpdatedDateTime",
            Purpose.ReadReport, "Whether columns of the registration report can be selected."),
        new("users", "users?$top=1&$select=id,userType,externalUserState,identities,employeeLeaveDateTime,lastPasswordChangeDateTime",
            Purpose.ReadUsers,
            "Which columns of people can be read.") { NamesPerson = true },
        new("signInActivity", "users?$top=1&$select=id,signInActivity", Purpose.ReadUsers,
            "Whether the last sign-in is licensed, and what a refusal looks like."),
        new("methods", $"users/{{user}}{Methods}methods", Purpose.ReadMethods, "Whether createdDateTime is returned."),
        new("methodsBeta", $"users/{{user}}{Methods}methods", Purpose.ReadMethods,
            "Whether lastUsedDateTime is returned, and of which kinds.") { IsBeta = true },
        new("signInPreferences", $"users/{{user}}{Methods}signInPreferences", Purpose.ReadDefault, "Whether default methods can be read.") { IsBeta = true },
        new("requirements", $"users/{{user}}{Methods}requirements", Purpose.ReadDefault, "Whether per-user MFA can be read.") { IsBeta = true },
        new("auditLog", "auditLogs/directoryAudits?$top=1", Purpose.ReadAudit, "Whether the audit log can be read."),
        new("signIns", "auditLogs/signIns?$top=1&$filter=userId eq '{user}'", Purpose.ReadAudit,
            "Whether sign-ins are licensed, and can be filtered by person."),
        new("signInsBeta", "auditLogs/signIns?$top=1&$filter=userId eq '{user}'", Purpose.ReadAudit,
            "Whether sign-ins have authenticationDetails, which say the method.") { IsBeta = true },
        new("transitiveMembers", "groups/{group}/transitiveMembers/microsoft.graph.user?$select=id&$top=1", Purpose.ReadGroup,
            "Whether members of groups can be read through any depth."),
        new("group", "groups/{group}?$select=id,securityEnabled,mailEnabled,groupTypes,isAssignableToRole,onPremisesSyncEnabled,assignedLicenses",
            Purpose.ReadGroup, "What a group is, which decides whether people may be invited by it."),
        new("roles", "roleManagement/directory/roleAssignments?$top=1", Purpose.ReadRoles, "Whether role assignments can be read."),
        new("eligibleRoles", "roleManagement/directory/roleEligibilityScheduleInstances?$top=1", Purpose.ReadEligibilities,
            "Whether eligible assignments are licensed and can be read."),
        new("eligibleSchedules", "roleManagement/directory/roleEligibilitySchedules?$top=1", Purpose.ReadEligibilities,
            "Whether eligible assignments can be read by their schedules."),
    ];
}
