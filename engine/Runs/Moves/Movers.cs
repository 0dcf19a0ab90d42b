using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs.Moves;

/// <summary>Planned users in the words of moves.</summary>
internal static class Movers
{
    /// <summary>The user as far as moves are concerned; null when they were not read.</summary>
    public static Mover? From(PlannedUser user)
    {
        if (user is not { User: { } account, Current: { } current }) return null;
        PhoneNumber signsInWith = SignsInWith(current);
        PhoneNumber takes = default;
        CurrentSlot mobile = current.Mobile;
        bool isSwitchedOff = false;
        foreach (Operation operation in user.Plan.Operations)
        {
            if (operation is Operation.SwitchSmsSignIn { On: false, Reason: not Reason.FreesNumber }) isSwitchedOff = true;
            // Switching SMS sign-in on takes the number, too, as far as other users are concerned.
            if (operation is Operation.SwitchSmsSignIn { On: true } && takes.IsEmpty && mobile.TryGetNumber(out PhoneNumber own)) takes = own;
            if (ApprovedOperations.SlotOf(operation) != ServiceRules.SmsSignInSlot) continue;
            takes = Written(operation);
            mobile = takes.IsEmpty ? CurrentSlot.Empty : CurrentSlot.From(takes);
        }

        bool signsIn = !signsInWith.IsEmpty;
        bool isOwed = !signsIn && user.Plan.Move is { SignIn: not SignInNeed.None };
        return new Mover(account.Uid, account.PrincipalName ?? account.Uid)
        {
            SignsInWith = signsInWith,
            Frees = signsIn && (isSwitchedOff || !mobile.Holds(signsInWith)),
            Takes = takes,
            CanLose = signsIn && !takes.IsEmpty && user.Row.Desired.SmsSignIn != false,
            Wants = !signsIn && !takes.IsEmpty && (isOwed || user.Row.Desired.SmsSignIn == true),
            CanSwitchOff = user.Plan.Held.All(h => h.Part != Part.SmsSignIn),
            IsOwed = isOwed,
        };
    }

    /// <summary>The number that signs a user in by SMS; empty: none.</summary>
    public static PhoneNumber SignsInWith(CurrentMethods current) =>
        current.SmsSignIn == SmsSignInState.Ready && current.Mobile.TryGetNumber(out PhoneNumber number) ? number : default;

    private static PhoneNumber Written(Operation operation) => operation switch
    {
        Operation.AddPhone add => add.Number,
        Operation.UpdatePhone update => update.Number,
        _ => default,
    };
}
