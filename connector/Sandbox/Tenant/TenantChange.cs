using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Seed;

namespace ProvisioningConnector.Sandbox.Tenant;

/// <summary>Something that happens to a user outside the API: a person, the helpdesk or another system acts in between.</summary>
public abstract record TenantChange
{
    private TenantChange() { }

    /// <summary>Puts a number in a slot as it stands; null empties the slot.</summary>
    public sealed record SetPhone(PhoneSlot Slot, string? Number) : TenantChange;

    /// <summary>Sets the e-mail method; null removes it.</summary>
    public sealed record SetEmail(string? Address) : TenantChange;

    public sealed record AddMethod(SeedMethod Method) : TenantChange;

    /// <summary>Removes all methods of a kind.</summary>
    public sealed record RemoveMethods(StoredMethodKind Kind) : TenantChange;

    /// <summary>The person signs in with their methods of a kind, now.</summary>
    public sealed record UseMethods(StoredMethodKind Kind) : TenantChange;

    /// <summary>Sets the default; null: none.</summary>
    public sealed record SetDefault(SignInPreference? Default) : TenantChange;

    public sealed record Rename(string UserPrincipalName) : TenantChange;

    public sealed record SetEnabled(bool Enabled) : TenantChange;

    public sealed record RemoveUser : TenantChange;
}
