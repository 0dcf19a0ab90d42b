using System.Collections.Immutable;

namespace ProvisioningConnector.Engine.Planning;

/// <summary>What a user's SMS sign-in needs where numbers move between users (docs/design.md#numbers-that-move-between-users).</summary>
public enum SignInNeed : byte
{
    None,

    /// <summary>The user has, or had, SMS sign-in and has it at the end, also where the source does not manage it.</summary>
    Keep,

    /// <summary>As <see cref="Keep"/>, and SMS sign-in is switched off before anything else, so that another user can take the number first.</summary>
    FreeFirst,
}

/// <summary>
/// A user's place among those whose numbers move between them. A number can sign in one user only, so the user who takes it begins when the user who
/// has it has freed it.
/// </summary>
public sealed record NumberMove
{
    public SignInNeed SignIn { get; init; }

    /// <summary>Users who go first.</summary>
    public ImmutableArray<MovePartner> WaitsFor { get; init; } = [];

    /// <summary>The user who signs in with the number until now; null: no one.</summary>
    public MovePartner? From => WaitsFor.FirstOrDefault(partner => partner.HasNumber);

    /// <summary>The user who takes the number that this one frees; null where no one does. Of several the one who is to sign in with it.</summary>
    public MovePartner? To { get; init; }

    /// <summary>Whether others begin after this user.</summary>
    public bool IsAwaited { get; init; }

    /// <summary>Whether the order among users concerns this one.</summary>
    public bool IsOrdered => !WaitsFor.IsEmpty || IsAwaited;
}

/// <summary>The other user of a move.</summary>
/// <param name="Uid">Object id.</param>
/// <param name="Name">User principal name, for reports.</param>
/// <param name="HasNumber">Whether it is this user who signs in with the number now. Otherwise they are to get the same number, and go first.</param>
/// <param name="IsRequired">Whether the number is not taken unless this user has freed it, or is done: otherwise someone would lose SMS sign-in.</param>
public sealed record MovePartner(string Uid, string Name, bool HasNumber = false, bool IsRequired = false);
