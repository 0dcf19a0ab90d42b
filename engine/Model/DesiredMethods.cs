using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Engine.Model;

/// <summary>What the authoritative side wants of one user. Everything not mentioned is unmanaged (docs/design.md#managed-and-unmanaged).</summary>
public sealed record DesiredMethods
{
    public Managed<PhoneNumber> Mobile { get; init; }

    public Managed<PhoneNumber> AlternateMobile { get; init; }

    public Managed<PhoneNumber> Office { get; init; }

    public Managed<string> Email { get; init; }

    /// <summary>At most one per kind, ordered by kind.</summary>
    public ImmutableArray<Removal> Removals { get; init; } = [];

    /// <summary>SMS sign-in on or off; null is unmanaged.</summary>
    public bool? SmsSignIn { get; init; }

    /// <summary>The wanted default method; null is unmanaged.</summary>
    public PreferredMethod? Preferred { get; init; }

    /// <summary>A new password; null: none is wanted. Wanted by actions only, never by sources.</summary>
    public PasswordResetRequest? Password { get; init; }

    /// <summary>A temporary access pass; null: none is wanted. Wanted by actions only, never by sources.</summary>
    public PassRequest? Pass { get; init; }

    /// <summary>Membership of one group; null: unmanaged. Wanted by <c>migrate invite</c> and its undo only, never by sources
    /// (docs/retirement.md#invite).</summary>
    public GroupMembership? Membership { get; init; }

    /// <summary>Whether the user is to be left without methods on purpose. Wanted by actions only, never by sources.</summary>
    public Clearing Clearing { get; init; }

    public Managed<PhoneNumber> this[PhoneType type] => type switch
    {
        PhoneType.Mobile => Mobile,
        PhoneType.AlternateMobile => AlternateMobile,
        PhoneType.Office => Office,
    };

    public DesiredMethods With(PhoneType type, Managed<PhoneNumber> wanted) => type switch
    {
        PhoneType.Mobile => this with { Mobile = wanted },
        PhoneType.AlternateMobile => this with { AlternateMobile = wanted },
        PhoneType.Office => this with { Office = wanted },
    };

    public bool ManagesPhones => Mobile.IsManaged || AlternateMobile.IsManaged || Office.IsManaged;

    public bool ManagesNothing => !ManagesPhones && !Email.IsManaged && Removals.IsEmpty && SmsSignIn is null
        && Preferred is null && Password is null && Pass is null && Membership is null;

    public bool Removes(MethodKind kind)
    {
        foreach (Removal removal in Removals)
        {
            if (removal.Kind == kind) return true;
        }

        return false;
    }

    /// <summary>The kinds that are removed, so that a reading has to show them.</summary>
    public KindSet RemovedKinds
    {
        get
        {
            KindSet kinds = KindSet.None;
            foreach (Removal removal in Removals) kinds |= KindSets.From(removal.Kind);
            return kinds;
        }
    }

    /// <summary>Never a value.</summary>
    public override string ToString() => $"mobile {Mobile.Kind}, alternateMobile {AlternateMobile.Kind}, office {Office.Kind}, email {Email.Kind}";
}

/// <summary>The request to remove methods of one kind: all of them, or those with the given ids.</summary>
/// <param name="Kind">A removable kind.</param>
/// <param name="Ids">The ids to remove; empty means all of the kind.</param>
public sealed record Removal(MethodKind Kind, ImmutableArray<string> Ids)
{
    public bool All => Ids.IsEmpty;

    public static Removal AllOf(MethodKind kind) => new(kind, []);

    public bool Covers(AuthenticationMethod method) =>
        method.Kind == Kind && (All || Ids.Contains(method.Id, StringComparer.OrdinalIgnoreCase));

    public bool Equals(Removal? other) => other is not null && Kind == other.Kind && Ids.SequenceEqual(other.Ids, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Kind, Ids.Length);
}
