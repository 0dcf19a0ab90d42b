using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Engine.Model;

/// <summary>
/// What the tenant holds of one user's authentication methods, with the kinds of which that is not known (docs/design.md#complete-state).
/// A state whose phones were not read, or that came masked, is never one of these.
/// </summary>
public sealed record CurrentMethods
{
    /// <summary>A user without any method.</summary>
    public static CurrentMethods Nothing { get; } = new();

    public CurrentSlot Mobile { get; init; }

    public CurrentSlot AlternateMobile { get; init; }

    public CurrentSlot Office { get; init; }

    /// <summary>State of SMS sign-in on the mobile number; meaningless while <see cref="Mobile"/> is empty.</summary>
    public SmsSignInState SmsSignIn { get; init; }

    public CurrentEmail? Email { get; init; }

    /// <summary>All other methods, in a fixed order (kind, then id).</summary>
    public ImmutableArray<AuthenticationMethod> Others { get; init; } = [];

    /// <summary>
    /// Kinds of which the reading says nothing: the cloud has no list of them, the service refused it, or it was not asked for. The user may have
    /// methods of these kinds: unread is not absent. They are neither changed nor counted.
    /// </summary>
    public KindSet Unread { get; init; } = KindSets.Beside;

    /// <summary>Whether hardware OATH was read: part of <see cref="Unread"/>, under the name that documents and stored states have.</summary>
    public bool HardwareOathRead
    {
        get => !Unread.Has(MethodKind.HardwareOath);
        init => Unread = value ? Unread & ~KindSet.HardwareOath : Unread | KindSet.HardwareOath;
    }

    /// <summary>The default method; read only where a policy needs it.</summary>
    public DefaultMethod Default { get; init; }

    /// <summary>Membership of the group that the reading was asked for; null: it was not asked for, or could not be read.</summary>
    public GroupMembership? Membership { get; init; }

    public CurrentSlot this[PhoneType type] => type switch
    {
        PhoneType.Mobile => Mobile,
        PhoneType.AlternateMobile => AlternateMobile,
        PhoneType.Office => Office,
    };

    /// <summary>The same user with another content of one slot.</summary>
    public CurrentMethods With(PhoneType type, CurrentSlot slot) => type switch
    {
        PhoneType.Mobile => this with { Mobile = slot },
        PhoneType.AlternateMobile => this with { AlternateMobile = slot },
        PhoneType.Office => this with { Office = slot },
    };

    /// <summary>Number of occupied phone slots, 0 to 3.</summary>
    public int PhoneCount => (Mobile.IsEmpty ? 0 : 1) + (AlternateMobile.IsEmpty ? 0 : 1) + (Office.IsEmpty ? 0 : 1);

    /// <summary>Number of usable methods that are not phones, of what can be read (docs/design.md#usable-methods).</summary>
    public int OtherUsableCount
    {
        get
        {
            int count = 0;
            foreach (AuthenticationMethod method in Others)
            {
                if (method.Kind.IsUsable()) count++;
            }

            return count;
        }
    }

    /// <summary>Number of usable sign-in methods, of what can be read (docs/design.md#usable-methods).</summary>
    public int UsableCount => PhoneCount + OtherUsableCount;

    public bool Has(MethodKind kind)
    {
        foreach (AuthenticationMethod method in Others)
        {
            if (method.Kind == kind) return true;
        }

        return false;
    }

    /// <summary>Never a value.</summary>
    public override string ToString() => $"{PhoneCount} phones, {Others.Length} others";
}

/// <summary>The e-mail method that the tenant holds: one per user, for password reset only (docs/graph.md#e-mail-method).</summary>
public sealed record CurrentEmail(string Id, string Address)
{
    /// <summary>Addresses are compared ignoring case: the service keeps them as typed.</summary>
    public bool Holds(string address) => string.Equals(Address, address, StringComparison.OrdinalIgnoreCase);
}

/// <summary>One registered method that is neither a phone nor the e-mail method.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">The tenant's id of it; ids are compared ignoring case.</param>
/// <param name="DisplayName">The device's or key's name where the tenant shows one. Personal: masked in reports.</param>
/// <param name="TypeName">For <see cref="MethodKind.Unknown"/> the service's type name; otherwise null.</param>
public sealed record AuthenticationMethod(MethodKind Kind, string Id, string? DisplayName = null, string? TypeName = null);
