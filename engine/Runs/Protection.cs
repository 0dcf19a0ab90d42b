using System.Collections.Immutable;
using ProvisioningConnector.Engine.Guardrails;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Retiring;

namespace ProvisioningConnector.Engine.Runs;

/// <summary>What is held for a user before anything is compared: protection by name, by role, and a number that too many share.</summary>
/// <param name="Named">Users whom the configuration protects.</param>
/// <param name="Privileged">Object ids of users with a directory role; empty when that is off or unknown.</param>
/// <param name="Limits">For the limit on shared numbers.</param>
/// <param name="Allowances">What was allowed for this run.</param>
public sealed record Protection(
    ProtectedUsers Named, ImmutableHashSet<string> Privileged, GuardrailLimits Limits, Allowances Allowances)
{
    /// <summary>Whose phones end; null: no one's yet.</summary>
    public RetiringPhones? Retiring { get; init; }

    /// <summary>For whom phones are no longer provisioned.</summary>
    public RetiredPeople Retired { get; init; } = RetiredPeople.None;

    /// <summary>Protects no one.</summary>
    public static Protection None(GuardrailLimits limits) => new(ProtectedUsers.None, [], limits, Allowances.None);

    public bool IsPrivileged(DirectoryUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return Privileged.Contains(user.Uid);
    }

    public Holds HoldsFor(ResolvedRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        Holds holds = Holds.None;
        if (row.User is { } user)
        {
            holds = holds with { User = UserHold(row.Row, user) };
            if (Retiring is not null) holds = Retiring.With(holds, user);
        }

        return SharedNumber.EffectiveLimit(Limits, Allowances) is { } limit && row.SharedBy > limit
            ? holds.WithPart(Part.Phones, new HoldReason(HoldCodes.SharedNumber, false, CountGuardrail.Text(
                $"The row's mobile or alternateMobile number is wanted by {row.SharedBy:N0} users, at most {limit:N0} may share one. ")
                + CountGuardrail.Text($"Check the source for a default or filled-down number; if it is intended, use --allow sharedNumber={row.SharedBy}.")))
            : holds;
    }

    /// <summary>The plan with what is worth knowing of the user's phones.</summary>
    public UserPlan Note(UserPlan plan, DirectoryUser? user) => Retiring is null || user is null ? plan : Retiring.Note(plan, user);

    /// <summary>Whether this user is held as a whole.</summary>
    public bool IsHeld(SourceRow row, DirectoryUser user)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(user);
        return UserHold(row, user) is not null;
    }

    /// <summary>Whether this user is meant though the name belongs to another account than before: <c>--allow identityChanged=USER</c>.</summary>
    public bool MayMove(ResolvedRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.User is { } user && Allowances.AllowsMoved(Names(row.Row, user));
    }

    private static string[] Names(SourceRow row, DirectoryUser user) => [user.Uid, user.PrincipalName ?? user.Uid, row.UserText];

    private HoldReason? UserHold(SourceRow row, DirectoryUser user)
    {
        if (Names(row, user).Any(Allowances.ProtectedUsers.Contains)) return null;
        if (Named.Why.TryGetValue(user.Uid, out string? why))
        {
            return new HoldReason(HoldCodes.Protected, true, $"The user is protected by the configuration ({(why.Length == 0 ? "no reason given" : why)}). "
                + $"To change it once, use --allow protected={user.PrincipalName ?? user.Uid}.");
        }

        return IsPrivileged(user)
            ? new HoldReason(HoldCodes.ProtectPrivileged, true, "The user holds an active directory role, and ProtectPrivileged is On. "
                + $"To change it once, use --allow protected={user.PrincipalName ?? user.Uid}.")
            : null;
    }
}
