using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Reports.Findings;

/// <summary>What is to be said of one user.</summary>
internal static class Judgement
{
    /// <summary>The worst that applies.</summary>
    public static Finding From(UserEntry user) => user.Situation switch
    {
        Situation.NotRead => Finding.NotRead,
        Situation.Invalid => Finding.Invalid,
        Situation.NotFound => Finding.NotFound,
        Situation.Held or Situation.Equal => Drifted(user) ? Finding.Drifted : user.Held.Any(h => !h.Standing) ? Finding.HeldToLookAt : Finding.HeldStanding,
        Situation.Changed => LeftWithNone(user) ? Finding.LeftWithNone : OfOutcome(user) ?? OfChange(user),
    };

    public static bool EndsWithFewer(UserEntry user) => Final(user) < user.MethodsBefore;

    /// <summary>Whether phones are the only usable methods that remain.</summary>
    public static bool OnlyPhone(UserEntry user) => CarriedOut(user) && user.PhonesAfter > 0 && user.PhonesAfter == user.MethodsAfter;

    /// <summary>Whether an operation sets the default method.</summary>
    public static bool DefaultMoves(UserEntry user) => user.Operations.Any(o => o.Action == OperationAction.Prefer);

    /// <summary>Whether the last phone goes; in a run, whether it went or may have gone.</summary>
    public static bool LosesLastPhone(UserEntry user) =>
        user.LosesLastPhone && (IsOfRun(user) ? user.Operations.Where(IsPhoneDeletion).All(IsGone) : CarriedOut(user));

    public static bool PrivilegedTouched(UserEntry user) => user.Privileged && !user.Operations.IsEmpty;

    public static bool Drifted(UserEntry user) => user.Held.Any(h => h.Code == HoldCodes.Drift);

    /// <summary>Usable methods at the end: of a run as it left them, of a plan as planned.
    /// Documents of earlier versions show only what was read back.</summary>
    public static int? Final(UserEntry user) => user.MethodsLeft ?? user.MethodsNow ?? (CarriedOut(user) ? user.MethodsAfter : null);

    /// <summary>
    /// Pairs an add and a delete of the same number: a number that moves between slots. The index of the delete that
    /// belongs to the operation at <paramref name="index"/>, or -1.
    /// </summary>
    public static int MovedFrom(UserEntry user, int index)
    {
        OperationEntry add = user.Operations[index];
        if (add is not { Method: OperationEntry.Phone, Action: OperationAction.Add, After: { } number }) return -1;
        for (int i = 0; i < user.Operations.Length; i++)
        {
            if (user.Operations[i] is { Method: OperationEntry.Phone, Action: OperationAction.Delete, Before: { } before }
                && string.Equals(before, number, StringComparison.Ordinal)) return i;
        }

        return -1;
    }

    /// <summary>How many numbers move between slots.</summary>
    public static int Moves(UserEntry user)
    {
        int moves = 0;
        for (int i = 0; i < user.Operations.Length; i++)
        {
            if (MovedFrom(user, i) >= 0) moves++;
        }

        return moves;
    }

    /// <summary>Whether a write changed the user, or will: of a plan all, of a run those that were or may have been applied.</summary>
    public static bool IsCarriedOut(UserEntry user, OperationEntry operation) => operation.Outcome is null ? CarriedOut(user) : IsGone(operation);

    /// <summary>Whether undo brings back what a write of a run changed: no other method, password or pass, and no one into a group.</summary>
    public static bool IsUndoable(OperationEntry operation) => IsGone(operation) && (operation.Part switch
    {
        Part.Phones or Part.Email or Part.SmsSignIn or Part.PreferredMethod => true,
        Part.Membership => operation.Action == OperationAction.Add,
        Part.Password or Part.MicrosoftAuthenticator or Part.Fido2 or Part.SoftwareOath or Part.HardwareOath or Part.WindowsHello
            or Part.PlatformCredential or Part.External or Part.TemporaryAccessPass or Part.QrCodePin => false,
    });

    // A plan speaks of what will be, a run only of what was done.
    private static bool CarriedOut(UserEntry user) => user.Outcome is UserOutcome.Done || (user.Outcome is null && !IsOfRun(user));

    private static bool IsOfRun(UserEntry user) => user.MethodsLeft is not null;

    private static bool IsPhoneDeletion(OperationEntry operation) => operation is { Method: OperationEntry.Phone, Action: OperationAction.Delete };

    private static bool IsGone(OperationEntry operation) =>
        operation.Outcome is OperationOutcome.Done or OperationOutcome.Unknown
        || operation is { Outcome: OperationOutcome.Skipped, Error.Code: ExecutionCodes.AlreadySo };

    private static bool LeftWithNone(UserEntry user) =>
        user.MethodsBefore > 0 && Final(user) == 0;

    private static Finding? OfOutcome(UserEntry user) => user.Outcome switch
    {
        UserOutcome.Unknown => Finding.Unknown,
        UserOutcome.Failed => Finding.Failed,
        UserOutcome.Stale => Finding.Stale,
        UserOutcome.Skipped => Finding.Skipped,
        UserOutcome.Done => user.Verified == false ? Finding.Unverified : null,
        null => IsOfRun(user) ? Finding.Waiting : null,
    };

    private static Finding OfChange(UserEntry user)
    {
        if (LosesLastPhone(user)) return Finding.LosesLastPhone;
        if (EndsWithFewer(user)) return Finding.EndsWithFewer;
        if (user.Privileged) return Finding.PrivilegedTouched;
        if (Drifted(user)) return Finding.Drifted;
        int moves = Moves(user);
        if (user.Operations.Count(o => o.Action == OperationAction.Delete) > moves) return Finding.Removed;
        if (user.Operations.Any(o => o.Action == OperationAction.Update)) return Finding.Updated;
        if (user.Operations.Count(o => o.Action == OperationAction.Add) > moves) return Finding.Added;
        return moves > 0 ? Finding.Moved : Finding.Set;
    }
}
