using System.Collections.Immutable;
using Microsoft.Graph.Models;
using ProvisioningConnector.Graph.Sdk;

namespace ProvisioningConnector.Graph.Users;

/// <summary>What the holder of a role is, as far as the answer shows.</summary>
internal enum PrincipalType : byte
{
    Unknown,
    User,
    Group,
    Application,
}

/// <summary>A role given to someone, or that they may activate.</summary>
/// <param name="Principal">Object id of a person, a group or an application.</param>
/// <param name="Type">Which of them, as far as the answer shows.</param>
/// <param name="IsGlobalAdministrator">Whether the role is Global Administrator.</param>
internal readonly record struct RoleGrant(string Principal, PrincipalType Type, bool IsGlobalAdministrator);

/// <summary>Lists of role assignments and of eligibilities; they look alike.</summary>
internal static class RoleGrants
{
    /// <summary>Template id of Global Administrator, the same in every tenant.</summary>
    private static readonly Guid GlobalAdministrator = new("62e90394-69f5-4237-9190-012177145e10");

    public static SdkList<UnifiedRoleAssignment, RoleGrant> Assignments { get; } = new(UnifiedRoleAssignment.CreateFromDiscriminatorValue,
        static (grant, grants) => Take(grant.PrincipalId, grant.Principal, grant.RoleDefinitionId, grants));

    public static SdkList<UnifiedRoleEligibilityScheduleInstance, RoleGrant> EligibleInstances { get; } = new(
        UnifiedRoleEligibilityScheduleInstance.CreateFromDiscriminatorValue,
        static (grant, grants) => Take(grant.PrincipalId, grant.Principal, grant.RoleDefinitionId, grants));

    public static SdkList<UnifiedRoleEligibilitySchedule, RoleGrant> EligibleSchedules { get; } = new(
        UnifiedRoleEligibilitySchedule.CreateFromDiscriminatorValue,
        static (grant, grants) => Take(grant.PrincipalId, grant.Principal, grant.RoleDefinitionId, grants));

    private static bool Take(string? id, DirectoryObject? principal, string? roleId, ImmutableArray<RoleGrant>.Builder grants)
    {
        if ((id ?? principal?.Id) is not { Length: > 0 } holder) return false;
        grants.Add(new RoleGrant(holder, Type(principal?.OdataType), Guid.TryParse(roleId, out Guid role) && role == GlobalAdministrator));
        return true;
    }

    // The name rather than the model's type: the SDK knows names in one spelling only.
    private static PrincipalType Type(string? name) => name?.TrimStart('#').ToUpperInvariant() switch
    {
        "MICROSOFT.GRAPH.USER" => PrincipalType.User,
        "MICROSOFT.GRAPH.GROUP" => PrincipalType.Group,
        "MICROSOFT.GRAPH.SERVICEPRINCIPAL" => PrincipalType.Application,
        _ => PrincipalType.Unknown,
    };
}
