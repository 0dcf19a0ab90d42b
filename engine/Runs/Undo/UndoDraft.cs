using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs.Undo;

/// <summary>Gathers from a user's applied operations what is wanted back and what cannot come back.</summary>
/// <param name="before">The state that the run found.</param>
internal sealed class UndoDraft(CurrentMethods before)
{
    private readonly SortedDictionary<PhoneType, CurrentSlot> _slots = [];
    private readonly SortedDictionary<Part, HeldPart> _lost = [];
    private readonly List<AuthenticationMethod> _removed = [];
    private Operation.SwitchSmsSignIn? _sms;
    private Operation.Prefer? _prefer;
    private bool _emailTouched;
    private string? _email;
    private string? _joined;

    /// <summary>The part whose undoing takes the operation back.</summary>
    public static Part PartOf(Operation operation) => operation is Operation.Prefer ? Part.PreferredMethod : operation.Part;

    /// <summary>Takes in an operation that was, or may have been, applied; in the order in which they were sent.</summary>
    public void Take(Operation operation)
    {
        switch (operation)
        {
            case Operation.AddPhone add:
                _slots[add.Slot] = CurrentSlot.From(add.Number);
                break;
            case Operation.UpdatePhone update:
                _slots[update.Slot] = CurrentSlot.From(update.Number);
                break;
            case Operation.DeletePhone delete:
                _slots[delete.Slot] = CurrentSlot.Empty;
                break;
            case Operation.AddEmail add:
                (_emailTouched, _email) = (true, add.Address);
                break;
            case Operation.UpdateEmail update:
                (_emailTouched, _email) = (true, update.Address);
                break;
            case Operation.DeleteEmail:
                (_emailTouched, _email) = (true, null);
                break;
            case Operation.RemoveMethod removal:
                _removed.Add(removal.Method);
                Lose(removal.Part, "Removed methods cannot be restored: the person has to register them again. 'recovery' lists whom to help.");
                break;
            case Operation.SwitchSmsSignIn sms:
                _sms = sms;
                break;
            // Set back because adding a phone had moved it: it is where it was.
            case Operation.Prefer { Reason: Reason.DefaultMayMove }:
                break;
            case Operation.Prefer prefer:
                _prefer ??= prefer;
                break;
            case Operation.DeactivateToken token:
                _removed.Add(token.Method);
                Lose(token.Part, "Undo cannot activate a deactivated token: that needs a code of the token. Activate it in the Entra admin center.");
                break;
            case Operation.IssuePass:
                Lose(Part.TemporaryAccessPass,
                    "Undo does not revoke an issued pass. Remove it with 'remove' temporaryAccessPass, or let it expire.");
                break;
            case Operation.AddMember add:
                _joined = add.Group;
                break;
            case Operation.RemoveMember:
                Lose(Part.Membership, "Undo puts no one into a group again. Plan 'migrate invite' for them: it checks the group first.");
                break;
            case Operation.ResetPassword:
                Lose(Part.Password, "A password that was reset cannot be restored.");
                break;
            default:
                throw new InvalidOperationException($"An operation without an undo: {operation.GetType().Name}.");
        }
    }

    public (DesiredMethods Desired, RowCondition Condition) Finish()
    {
        DesiredMethods desired = Phones(new DesiredMethods());
        if (_emailTouched) desired = desired with { Email = before.Email is { } email ? Managed.Value(email.Address) : Managed.None<string>() };
        desired = Default(desired) with { SmsSignIn = SmsSignIn(), Membership = _joined is null ? null : new GroupMembership(_joined, IsMember: false) };
        return (desired, new RowCondition
        {
            Slots = [.. _slots.Select(s => new ExpectedSlot(s.Key, s.Value, before[s.Key]))],
            Email = _emailTouched ? new ExpectedEmail(_email, before.Email?.Address) : null,
            Preferred = desired.Preferred is null ? null : _prefer?.Method,
            SmsNumber = desired.SmsSignIn is null
            ? null : new ExpectedSlot(PhoneType.Mobile, _slots.GetValueOrDefault(PhoneType.Mobile, before.Mobile), before.Mobile),
            Lost = [.. _lost.Values],
        });
    }

    private DesiredMethods Phones(DesiredMethods desired)
    {
        if (_slots.Keys.Any(slot => before[slot].Unreadable is not null))
        {
            Lose(Part.Phones, "The earlier value is not a phone number, so the tenant does not accept it again.");
            _slots.Clear();
            return desired;
        }

        foreach (PhoneType slot in _slots.Keys)
        {
            desired = desired.With(slot, before[slot].TryGetNumber(out PhoneNumber number) ? Managed.Value(number) : Managed.None<PhoneNumber>());
        }

        return desired;
    }

    /// <summary>Null: leave it to itself, because there was no mobile number or nothing changed.</summary>
    private bool? SmsSignIn()
    {
        if (before.Mobile.IsEmpty || before.Mobile.Unreadable is not null) return null;
        bool mobileTouched = _slots.ContainsKey(PhoneType.Mobile);
        if (before.SmsSignIn == SmsSignInState.Ready) return _sms is not null || mobileTouched ? true : null;
        return _sms is { On: true } ? false : null;
    }

    private DesiredMethods Default(DesiredMethods desired)
    {
        if (_prefer is null) return desired;
        if (_prefer.Before.Knowledge == DefaultMethodKnowledge.Known)
        {
            ImmutableArray<AuthenticationMethod> others = before.Others.RemoveAll(m => _removed.Exists(r => r.Kind == m.Kind
                && string.Equals(r.Id, m.Id, StringComparison.OrdinalIgnoreCase)));
            PreferredMethod earlier = _prefer.Before.Method;
            if (Goal.IsThere(earlier, PhoneSlots.From(before), others, []) && !_lost.ContainsKey(Part.Phones)) return desired with { Preferred = earlier };
        }

        Lose(Part.PreferredMethod, "The default method from before the run no longer exists, or was not known.");
        return desired;
    }

    private void Lose(Part part, string why) => _lost[part] = new HeldPart(part, HoldCodes.NotRestorable, false, why);
}
