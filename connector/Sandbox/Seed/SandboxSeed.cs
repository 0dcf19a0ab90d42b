using System.Collections.Immutable;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Seed;

/// <summary>A tenant in a file: what a person writes, and what the sandbox saves. README.md describes it.</summary>
public sealed record SandboxSeed
{
    public Guid? TenantId { get; init; }
    public string? DisplayName { get; init; }
    public SandboxSettings? Settings { get; init; }
    public ImmutableArray<SeedUser> Users { get; init; } = [];
    public ImmutableArray<SeedGenerator> Generate { get; init; } = [];
    public ImmutableArray<SeedGroup> Groups { get; init; } = [];
    public ImmutableArray<SeedRoleAssignment> RoleAssignments { get; init; } = [];
    /// <summary>Roles that may be activated (PIM).</summary>
    public ImmutableArray<SeedRoleAssignment> RoleEligibilities { get; init; } = [];
}

/// <summary>One user. An id that is not given is derived from the name, always the same.</summary>
public sealed record SeedUser
{
    public Guid? Id { get; init; }
    public required string UserPrincipalName { get; init; }
    public string? DisplayName { get; init; }
    public string? Mail { get; init; }
    public string? EmployeeId { get; init; }
    public bool AccountEnabled { get; init; } = true;
    /// <summary><c>Member</c> or <c>Guest</c>; a name with <c>#EXT#</c> is a guest unless said otherwise.</summary>
    public string? UserType { get; init; }
    public bool? OnPremisesSyncEnabled { get; init; }
    public bool? SmsSignInScope { get; init; }
    /// <summary>Shorthand for an assignment of Global Administrator.</summary>
    public bool IsAdmin { get; init; }
    public SeedPhones? Phones { get; init; }
    /// <summary>State of the mobile's SMS sign-in; derived from the policy when not given.</summary>
    public StoredSmsState? SmsSignInState { get; init; }
    public string? Email { get; init; }
    public ImmutableArray<SeedMethod> Methods { get; init; } = [];
    /// <summary><c>push</c>, <c>oath</c>, <c>sms</c>, <c>voiceMobile</c>, <c>voiceAlternateMobile</c>, <c>voiceOffice</c>.</summary>
    public string? Default { get; init; }
    public bool SystemPreferred { get; init; }
    public string? PerUserMfa { get; init; }
    public PersonalFacts? Personal { get; init; }
}

/// <summary>Numbers by slot, stored as they are written here.</summary>
public sealed record SeedPhones
{
    public string? Mobile { get; init; }
    public string? AlternateMobile { get; init; }
    public string? Office { get; init; }
    /// <summary>When they were last used.</summary>
    public DateTimeOffset? LastUsed { get; init; }
}

/// <summary>A method beside phones and e-mail. <c>kind</c>: fido2, microsoftAuthenticator, softwareOath, hardwareOath, windowsHello, platformCredential,
/// external, temporaryAccessPass, qrCodePin, resourceAccountKey, future.</summary>
public sealed record SeedMethod
{
    public required string Kind { get; init; }
    public string? Id { get; init; }
    public string? DisplayName { get; init; }
    public DateTimeOffset? Created { get; init; }
    public DateTimeOffset? LastUsed { get; init; }
    public ImmutableSortedDictionary<string, string>? Properties { get; init; }
    public StoredPass? Pass { get; init; }
}

/// <summary>Many users made alike. Shares are probabilities from 0 to 1.</summary>
public sealed record SeedGenerator
{
    public required int Count { get; init; }
    public string Prefix { get; init; } = "user";
    public string Domain { get; init; } = "contoso.com";
    public int Seed { get; init; } = 1;
    public double Mobile { get; init; }
    public double AlternateMobile { get; init; }
    public double Office { get; init; }
    public double Authenticator { get; init; }
    public double Email { get; init; }
}

/// <summary>A group; members are user names, user ids or group names.</summary>
public sealed record SeedGroup
{
    public Guid? Id { get; init; }
    public required string DisplayName { get; init; }
    public ImmutableArray<string> Members { get; init; } = [];
    public GroupFacts? Facts { get; init; }
}

/// <summary>A directory role given to a user, a group (by name or id) or a service principal (an id that is no one here).</summary>
public sealed record SeedRoleAssignment
{
    /// <summary>A role template id, or one of <c>GlobalAdministrator</c>, <c>UserAdministrator</c>,
    /// <c>HelpdeskAdministrator</c>, <c>AuthenticationAdministrator</c>, <c>DirectoryReaders</c>.</summary>
    public required string Role { get; init; }
    public required string Principal { get; init; }
}
