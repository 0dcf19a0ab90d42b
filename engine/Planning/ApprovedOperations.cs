using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Engine.Planning;

/// <summary>
/// Whether two operations are the same decision. What a person approved includes the value that is overwritten or deleted:
/// replacing another number than the one shown is another decision. States that the service changes by itself
/// (SMS sign-in, the default before) and the reason do not count.
/// </summary>
public static class ApprovedOperations
{
    public static bool IsSameDecision(Operation left, Operation right) => (left, right) switch
    {
        (Operation.AddPhone a, Operation.AddPhone b) => a.Slot == b.Slot && a.Number.Equals(b.Number),
        (Operation.UpdatePhone a, Operation.UpdatePhone b) => a.Slot == b.Slot && a.Number.Equals(b.Number) && a.Before == b.Before,
        (Operation.DeletePhone a, Operation.DeletePhone b) => a.Slot == b.Slot && a.Before == b.Before,
        (Operation.AddEmail a, Operation.AddEmail b) => Same(a.Address, b.Address),
        (Operation.UpdateEmail a, Operation.UpdateEmail b) => Same(a.Address, b.Address) && Same(a.Before.Address, b.Before.Address),
        (Operation.DeleteEmail a, Operation.DeleteEmail b) => Same(a.Before.Address, b.Before.Address),
        (Operation.RemoveMethod a, Operation.RemoveMethod b) => a.Method.Kind == b.Method.Kind && Same(a.Method.Id, b.Method.Id),
        (Operation.SwitchSmsSignIn a, Operation.SwitchSmsSignIn b) => a.On == b.On,
        (Operation.Prefer a, Operation.Prefer b) => a.Method == b.Method,
        (Operation.DeactivateToken a, Operation.DeactivateToken b) => Same(a.Method.Id, b.Method.Id),
        (Operation.IssuePass a, Operation.IssuePass b) => a.LifetimeInMinutes == b.LifetimeInMinutes && a.Once == b.Once,
        (Operation.ResetPassword a, Operation.ResetPassword b) => a.Request == b.Request,
        (Operation.AddMember a, Operation.AddMember b) => Same(a.Group, b.Group),
        (Operation.RemoveMember a, Operation.RemoveMember b) => Same(a.Group, b.Group),
        _ => false,
    };

    /// <summary>Whether doing it twice is something else than doing it once, so that a request whose end is not known is never followed by another.</summary>
    public static bool IsOnce(Operation operation) => operation is Operation.ResetPassword or Operation.IssuePass;

    /// <summary>Whether the user's methods always show its effect in the end, so that a state which does not is older than it.</summary>
    public static bool IsShownByMethods(Operation operation) => operation
        is not (Operation.Prefer or Operation.SwitchSmsSignIn or Operation.ResetPassword or Operation.IssuePass or Operation.DeactivateToken);

    /// <summary>Whether a state shows the effect of an operation that the service accepted. A
    /// pass that stands there is ours when it is not the one from before.</summary>
    public static bool IsSeen(Operation operation, CurrentMethods current) => operation is Operation.IssuePass issued
        ? current.Others.Any(m => m.Kind == MethodKind.TemporaryAccessPass && !Same(m.Id, issued.Replaces ?? string.Empty))
        : IsInPlace(operation, current);

    /// <summary>
    /// Whether the tenant's state already is as if the operation had been done. The default method must have been read for
    /// <see cref="Operation.Prefer"/>. A reading that does not cover the kind shows nothing: unread is not absent.
    /// </summary>
    public static bool IsInPlace(Operation operation, CurrentMethods current) => operation switch
    {
        Operation.AddPhone add => current[add.Slot].Holds(add.Number),
        Operation.UpdatePhone update => current[update.Slot].Holds(update.Number),
        Operation.DeletePhone delete => current[delete.Slot].IsEmpty,
        Operation.AddEmail add => current.Email is { } email && email.Holds(add.Address),
        Operation.UpdateEmail update => current.Email is { } email && email.Holds(update.Address),
        Operation.DeleteEmail => current.Email is null && !current.Unread.HasEmail(),
        Operation.RemoveMethod removal => IsGone(removal.Method, current),
        Operation.DeactivateToken token => IsGone(token.Method, current),
        Operation.SwitchSmsSignIn { On: true } => !current.Mobile.IsEmpty && current.SmsSignIn == SmsSignInState.Ready,
        Operation.SwitchSmsSignIn => current.Mobile.IsEmpty || current.SmsSignIn is not (SmsSignInState.Ready or SmsSignInState.Unknown),
        Operation.Prefer prefer => current.Default.Is(prefer.Method),
        Operation.AddMember add => current.Membership is { IsMember: true } there && there.IsOf(add.Group),
        Operation.RemoveMember remove => current.Membership is { IsMember: false } there && there.IsOf(remove.Group),
        _ => false,
    };

    /// <summary>The phone slot that the operation writes; null for all other operations.</summary>
    public static PhoneType? SlotOf(Operation operation) => operation switch
    {
        Operation.AddPhone add => add.Slot,
        Operation.UpdatePhone update => update.Slot,
        Operation.DeletePhone delete => delete.Slot,
        _ => null,
    };

    /// <summary>Whether the effect of an operation is no longer to be seen after a later one: the same slot is written again, or the number that SMS
    /// sign-in was switched for.</summary>
    public static bool Overwrites(Operation later, Operation earlier) => earlier is Operation.SwitchSmsSignIn
        ? later is Operation.SwitchSmsSignIn || SlotOf(later) == ServiceRules.SmsSignInSlot
        : SlotOf(earlier) is { } slot && SlotOf(later) == slot;

    private static bool IsGone(AuthenticationMethod method, CurrentMethods current) =>
        !current.Unread.Has(method.Kind) && !current.Others.Any(m => m.Kind == method.Kind && Same(m.Id, method.Id));

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
