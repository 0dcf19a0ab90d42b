using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Execution;

/// <summary>What moves of numbers between users mean for one user on the way (docs/design.md#numbers-that-move-between-users), and whether the user
/// still has the SMS sign-in that they had.</summary>
/// <param name="planned">The user as planned.</param>
internal sealed class UserMove(PlannedUser planned)
{
    private SmsSignInState? _seen;
    private bool _isTouched;
    private bool _isSwitchedOff;

    public SignInNeed Need => planned.Plan.Move?.SignIn ?? SignInNeed.None;

    /// <summary>The number to take is not free yet: only what frees the user's own number is sent.</summary>
    public bool FreesOnly { get; set; }

    /// <summary>The pass ended where the number to take must be free.</summary>
    public bool IsParked { get; private set; }

    /// <summary>The number to take was not freed and will not be: the phones stay as they are.</summary>
    public bool IsWithheld { get; set; }

    /// <summary>Whether the user had SMS sign-in, is to keep it, and a reading after our writes does not show it. Also while no reading could be had,
    /// where we switched it off.</summary>
    public bool IsLost => Had && _isTouched && (_seen is { } seen ? seen != SmsSignInState.Ready : _isSwitchedOff);

    private bool Had => planned.Row.Desired.SmsSignIn != false
        && (Need != SignInNeed.None || planned.Current is { Mobile.IsEmpty: false, SmsSignIn: SmsSignInState.Ready });

    public void Begin() => IsParked = false;

    /// <summary>Whether an operation has to wait for another user.</summary>
    public bool Parks(Operation next)
    {
        IsParked = FreesOnly && next is not Operation.SwitchSmsSignIn { Reason: Reason.FreesNumber };
        return IsParked;
    }

    /// <summary>A request is about to leave: what was seen before says nothing any more.</summary>
    public void Observe(Operation sent)
    {
        bool isSwitch = sent is Operation.SwitchSmsSignIn;
        if (!isSwitch && ApprovedOperations.SlotOf(sent) != ServiceRules.SmsSignInSlot) return;
        (_seen, _isTouched) = (null, true);
        if (isSwitch) _isSwitchedOff = sent is Operation.SwitchSmsSignIn { On: false };
    }

    /// <summary>What is known of an operation from before an interruption.</summary>
    public void Recall(OperationResult known)
    {
        if (known.SentAt is not null || known.Outcome is OperationOutcome.Done or OperationOutcome.Unknown) Observe(known.Operation);
    }

    /// <summary>A reading that shows what was done.</summary>
    public void Observe(CurrentMethods current) => _seen = current.Mobile.IsEmpty ? null : current.SmsSignIn;

    public static Diagnostic Lost { get; } = Diagnostic.Error(ExecutionCodes.SmsSignInLost,
        "The user could sign in by SMS and cannot any more: the service does not report the number as ready for SMS sign-in, most often because another "
        + "user signs in with it. Find that user and free the number; the next run of a list with this user switches SMS sign-in on again.");
}
