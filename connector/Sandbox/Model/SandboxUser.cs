namespace ProvisioningConnector.Sandbox.Model;

/// <summary>A user of the tenant. Reading is safe at any time; only the tenant changes one.</summary>
public sealed class SandboxUser
{
    internal SandboxUser(Guid id, string userPrincipalName)
    {
        Id = id;
        UserPrincipalName = userPrincipalName;
    }

    public Guid Id { get; }
    public string UserPrincipalName { get; internal set; }
    public string? DisplayName { get; internal set; }
    public string? Mail { get; internal set; }
    public string? EmployeeId { get; internal set; }
    public bool AccountEnabled { get; internal set; } = true;

    /// <summary>Guests are not members; SMS sign-in is not for them (docs/graph.md#phone-constraints).</summary>
    public bool IsGuest { get; internal set; }

    public bool? OnPremisesSyncEnabled { get; internal set; }

    /// <summary>What only reports and lists show of a person.</summary>
    public PersonalFacts Personal { get; internal set; } = new();

    /// <summary>In or out of the SMS sign-in policy whatever the tenant's setting says; null follows the setting.</summary>
    public bool? SmsSignInScope { get; internal set; }

    /// <summary>Present or removed; a removed user is not found any more.</summary>
    public bool Exists { get; internal set; } = true;

    public UserCredentials Credentials { get; internal set; } = UserCredentials.PasswordOnly;

    /// <summary>Number of password changes and resets since the start; the password itself is not kept.</summary>
    public int PasswordChanges { get; internal set; }

    internal void SetPassword(DateTimeOffset at) => (PasswordChanges, Personal) = (PasswordChanges + 1, Personal with { PasswordSet = at });

    public string? Mobile => Credentials.Mobile?.Number;
    public string? AlternateMobile => Credentials.AlternateMobile?.Number;
    public string? Office => Credentials.Office?.Number;
    public string? Email => Credentials.Email;

    public string? Phone(PhoneSlot slot) => Credentials.Phone(slot)?.Number;

    public override string ToString() => UserPrincipalName;
}
