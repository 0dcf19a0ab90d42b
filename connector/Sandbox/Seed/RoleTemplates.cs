using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Seed;

/// <summary>A few directory roles by name; their template ids are the same in every tenant.</summary>
internal static class RoleTemplates
{
    public static Guid Id(string nameOrId) => nameOrId switch
    {
        "GlobalAdministrator" => new("62e90394-69f5-4237-9190-012177145e10"),
        "UserAdministrator" => new("fe930be7-5e62-47db-91af-98c3a49a38b1"),
        "HelpdeskAdministrator" => new("729827e3-9c14-49f7-bb1b-9608f156bbb8"),
        "AuthenticationAdministrator" => new("c4e39bd9-1100-46d3-8c65-fb160da0071f"),
        "DirectoryReaders" => new("88d8e3e3-8f55-4a1e-953a-9b9898b8876b"),
        _ when Guid.TryParse(nameOrId, out Guid id) => id,
        _ => throw new SandboxSeedException(
            $"The role '{nameOrId}' is not known; give its template id or one of GlobalAdministrator, UserAdministrator, HelpdeskAdministrator, "
            + "AuthenticationAdministrator, DirectoryReaders."),
    };
}
