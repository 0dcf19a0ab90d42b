using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Tenant;

namespace ProvisioningConnector.Sandbox.Faults;

/// <summary>A change by someone else, to the request's user unless another is named. Exactly one thing is changed.</summary>
public sealed record FaultChange
{
    public FaultMoment When { get; init; }
    public string? User { get; init; }

    public PhoneSlot? SetPhone { get; init; }
    /// <summary>With <see cref="SetPhone"/>.</summary>
    public string? Number { get; init; }
    public PhoneSlot? RemovePhone { get; init; }
    public string? SetEmail { get; init; }
    public bool RemoveEmail { get; init; }
    public SeedMethod? AddMethod { get; init; }
    public StoredMethodKind? RemoveMethods { get; init; }
    /// <summary>The person signs in with their methods of this kind.</summary>
    public StoredMethodKind? UseMethods { get; init; }
    public SignInPreference? SetDefault { get; init; }
    public string? Rename { get; init; }
    public bool? SetEnabled { get; init; }
    public bool RemoveUser { get; init; }

    internal string? Complaint() => Read() is null
        ? "has a change that changes nothing; give one of setPhone with number, removePhone, setEmail, removeEmail, addMethod, removeMethods, useMethods, "
            + "setDefault, rename, setEnabled, removeUser."
        : null;

    internal TenantChange? Read() =>
        SetPhone is { } slot && Number is not null ? new TenantChange.SetPhone(slot, Number)
        : RemovePhone is { } emptied ? new TenantChange.SetPhone(emptied, null)
        : SetEmail is not null ? new TenantChange.SetEmail(SetEmail)
        : RemoveEmail ? new TenantChange.SetEmail(null)
        : AddMethod is not null ? new TenantChange.AddMethod(AddMethod)
        : RemoveMethods is { } kind ? new TenantChange.RemoveMethods(kind)
        : UseMethods is { } used ? new TenantChange.UseMethods(used)
        : SetDefault is { } method ? new TenantChange.SetDefault(method)
        : Rename is not null ? new TenantChange.Rename(Rename)
        : SetEnabled is { } enabled ? new TenantChange.SetEnabled(enabled)
        : RemoveUser ? new TenantChange.RemoveUser()
        : null;
}
