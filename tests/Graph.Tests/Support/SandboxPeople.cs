using ProvisioningConnector.Sandbox.Seed;

namespace ProvisioningConnector.Graph.Tests.Support;

/// <summary>The people of the stand-in tenant that the client is tried against.</summary>
internal static class SandboxPeople
{
    public static SandboxSeed Seed { get; } = new()
    {
        Users =
        [
            new SeedUser { UserPrincipalName = "empty@contoso.com" },
            new SeedUser { UserPrincipalName = "admin@contoso.com", IsAdmin = true },
            new SeedUser { UserPrincipalName = "member@contoso.com" },
            new SeedUser { UserPrincipalName = "$dollar@contoso.com" },
            new SeedUser { UserPrincipalName = "o'hara@contoso.com" },
            new SeedUser { UserPrincipalName = "guest_fabrikam.com#EXT#@contoso.com" },
            new SeedUser
            {
                UserPrincipalName = "rich@contoso.com", Default = "push",
                Phones = new SeedPhones { Mobile = "+1 2065550111", Office = "+1 2065550112" },
                Methods = [new SeedMethod { Kind = "microsoftAuthenticator" }],
            },
            new SeedUser
            {
                UserPrincipalName = "keys@contoso.com",
                Methods =
                [
                    .. new[] { "fido2", "softwareOath", "hardwareOath", "windowsHello", "platformCredential", "external", "temporaryAccessPass", "qrCodePin",
                        "microsoftAuthenticator", "future" }
                        .Select(kind => new SeedMethod { Kind = kind }),
                ],
            },
        ],
        Groups = [new SeedGroup { DisplayName = "helpers", Members = ["member@contoso.com"] }],
        RoleAssignments = [new SeedRoleAssignment { Role = "HelpdeskAdministrator", Principal = "helpers" }],
    };
}
