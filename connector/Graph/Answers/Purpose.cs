namespace ProvisioningConnector.Graph.Answers;

/// <summary>What a request was for: it decides which permission is missing on 403, and what a 404 is about.</summary>
internal enum Purpose : byte
{
    ReadUsers,
    ReadMethods,
    ReadDefault,
    ReadRoles,
    ReadGroup,
    ReadReport,
    ReadAudit,
    AddMethod,
    ChangeMethod,
    DeleteMethod,
    SwitchDefault,
    AddMember,
    RemoveMember,

    /// <summary><c>resetPassword</c> with a person's token.</summary>
    ResetPassword,

    /// <summary><c>passwordProfile</c> with an app's token.</summary>
    SetPassword,
    FollowReset,
    IssuePass,
    ReadPolicy,
    ReadOrganization,
    ReadConditionalAccess,
    ReadEligibilities,
}

internal static class Purposes
{
    /// <summary>What we were doing, for messages.</summary>
    public static string Doing(this Purpose purpose) => purpose switch
    {
        Purpose.ReadUsers => "reading the directory",
        Purpose.ReadMethods => "reading a user's authentication methods",
        Purpose.ReadDefault => "reading a user's default method",
        Purpose.ReadRoles => "reading role assignments",
        Purpose.ReadGroup => "reading the members of a group",
        Purpose.ReadReport => "reading the registration report",
        Purpose.ReadAudit => "reading the audit log",
        Purpose.AddMethod => "adding an authentication method",
        Purpose.ChangeMethod => "changing an authentication method",
        Purpose.DeleteMethod => "deleting an authentication method",
        Purpose.SwitchDefault => "setting a user's default method",
        Purpose.AddMember => "putting a user into a group",
        Purpose.RemoveMember => "taking a user out of a group",
        Purpose.ResetPassword => "resetting a user's password",
        Purpose.SetPassword => "setting a user's password",
        Purpose.FollowReset => "following a password reset",
        Purpose.IssuePass => "making a temporary access pass",
        Purpose.ReadPolicy => "reading the authentication methods policy",
        Purpose.ReadOrganization => "reading the tenant's type",
        Purpose.ReadConditionalAccess => "reading Conditional Access policies",
        Purpose.ReadEligibilities => "reading eligible role assignments",
    };

    /// <summary>The least application permission that allows it (docs/graph.md#application-permissions).</summary>
    public static string Permission(this Purpose purpose) => purpose switch
    {
        Purpose.ReadUsers => "User.Read.All",
        Purpose.ReadMethods or Purpose.ReadDefault => "UserAuthenticationMethod.Read.All",
        Purpose.ReadRoles or Purpose.ReadEligibilities => "RoleManagement.Read.Directory",
        Purpose.ReadGroup => "GroupMember.Read.All",
        Purpose.ReadReport or Purpose.ReadAudit => "AuditLog.Read.All",
        Purpose.AddMethod or Purpose.ChangeMethod or Purpose.DeleteMethod or Purpose.SwitchDefault
            or Purpose.ResetPassword or Purpose.FollowReset or Purpose.IssuePass => "UserAuthenticationMethod.ReadWrite.All",
        Purpose.AddMember or Purpose.RemoveMember => "GroupMember.ReadWrite.All",
        Purpose.SetPassword => "User-PasswordProfile.ReadWrite.All",
        Purpose.ReadPolicy => "Policy.Read.AuthenticationMethod",
        Purpose.ReadOrganization => "Organization.Read.All",
        Purpose.ReadConditionalAccess => "Policy.Read.ConditionalAccess",
    };

    /// <summary>Whether the request changes something.</summary>
    public static bool IsWrite(this Purpose purpose) => purpose switch
    {
        Purpose.AddMethod or Purpose.ChangeMethod or Purpose.DeleteMethod or Purpose.SwitchDefault
            or Purpose.ResetPassword or Purpose.SetPassword or Purpose.IssuePass or Purpose.AddMember or Purpose.RemoveMember => true,
        Purpose.ReadUsers or Purpose.ReadMethods or Purpose.ReadDefault or Purpose.ReadRoles or Purpose.ReadGroup
            or Purpose.ReadReport or Purpose.ReadAudit or Purpose.FollowReset or Purpose.ReadPolicy
            or Purpose.ReadOrganization or Purpose.ReadConditionalAccess or Purpose.ReadEligibilities => false,
    };
}
