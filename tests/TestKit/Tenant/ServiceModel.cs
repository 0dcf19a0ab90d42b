using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.TestKit.Tenant;

/// <summary>What the service makes of one write: the next state, or why not. The constraints of docs/graph.md#phone-constraints,
/// docs/graph.md#default-method-and-deletion, docs/graph.md#sms-sign-in and docs/graph.md#e-mail-method.</summary>
public sealed record ServiceModel
{
    /// <summary>Saving a mobile number makes it ready for SMS sign-in.</summary>
    public bool ReadyOnWrite { get; init; }

    /// <summary>A number signs in one user only: a mobile that another one signs in with is saved and answered with 409
    /// (docs/graph.md#duplicate-numbers).</summary>
    public bool SignInIsUnique { get; init; }

    /// <summary>The first phone becomes the default method.</summary>
    public bool FirstPhoneBecomesDefault { get; init; }

    /// <summary>One number in two slots of a user is refused.</summary>
    public bool RefusesDoubles { get; init; }

    public (CurrentMethods? Next, ServiceError? Refusal) Apply(CurrentMethods now, Operation operation) => operation switch
    {
        Operation.AddPhone add => Add(now, add),
        Operation.UpdatePhone update => now[update.Slot].IsEmpty ? Missing : Write(now, update.Slot, update.Number),
        Operation.DeletePhone delete => Delete(now, delete.Slot),
        Operation.AddEmail add => now.Email is null ? (now with { Email = new CurrentEmail("mail", add.Address) }, null) : There,
        Operation.UpdateEmail update => now.Email is { } email ? (now with { Email = email with { Address = update.Address } }, null) : Missing,
        Operation.DeleteEmail => now.Email is null ? Missing : (now with { Email = null }, null),
        Operation.RemoveMethod removal => Remove(now, removal.Method),
        Operation.SwitchSmsSignIn sign => now.Mobile.IsEmpty
            ? Missing : (now with { SmsSignIn = sign.On ? SmsSignInState.Ready : SmsSignInState.NotEnabled }, null),
        Operation.Prefer prefer => (now with { Default = DefaultMethod.From(prefer.Method) }, null),
        Operation.AddMember add => now.Membership is { IsMember: true } ? AlreadyMember : (now with { Membership = new(add.Group, IsMember: true) }, null),
        Operation.RemoveMember remove => now.Membership is { IsMember: true }
            ? (now with { Membership = new(remove.Group, IsMember: false) }, null) : Missing,
        Operation.ResetPassword => (now, null),
        // The user may have one pass; a new one takes the place of the old one (docs/graph.md#other-methods).
        Operation.IssuePass => (now with { Others = [.. now.Others.RemoveAll(m => m.Kind == MethodKind.TemporaryAccessPass), Pass(now)] }, null),
        Operation.DeactivateToken token => Remove(now, token.Method),
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };

    private static (CurrentMethods?, ServiceError?) Missing => (null, new ServiceError(ErrorKind.NotFound, "PP404", "No such method.", Status: 404));

    private static (CurrentMethods?, ServiceError?) There => (null, new ServiceError(ErrorKind.AlreadyExists, "PP409", "It is already there.", Status: 409));

    /// <summary>docs/graph.md#group-membership.</summary>
    private static (CurrentMethods?, ServiceError?) AlreadyMember =>
        (null, new ServiceError(ErrorKind.AlreadyExists, "PP316", "One or more added object references already exist.", Status: 400));

    private static AuthenticationMethod Pass(CurrentMethods now) =>
        new(MethodKind.TemporaryAccessPass, now.Others.Any(m => m is { Kind: MethodKind.TemporaryAccessPass, Id: "pass-new" }) ? "pass-newer" : "pass-new");

    private (CurrentMethods?, ServiceError?) Add(CurrentMethods now, Operation.AddPhone add)
    {
        if (!now[add.Slot].IsEmpty) return There;
        if (add.Slot == PhoneType.AlternateMobile
            && now.Mobile.IsEmpty) return (null, new ServiceError(ErrorKind.MobileFirst, "PPmobileFirst", "Mobile first.", Status: 400));
        return Write(now, add.Slot, add.Number);
    }

    private (CurrentMethods?, ServiceError?) Write(CurrentMethods now, PhoneType slot, PhoneNumber number)
    {
        bool doubled = Enum.GetValues<PhoneType>().Any(other => other != slot && now[other].Holds(number));
        if (RefusesDoubles && doubled) return (null, new ServiceError(ErrorKind.Refused, "PPdouble", "The number stands in another slot.", Status: 400));
        CurrentMethods next = now.With(slot, CurrentSlot.From(number));
        if (slot == PhoneType.Mobile) next = next with { SmsSignIn = ReadyOnWrite ? SmsSignInState.Ready : SmsSignInState.NotEnabled };
        if (FirstPhoneBecomesDefault && now.PhoneCount == 0 && slot == PhoneType.Mobile) next = next with { Default = DefaultMethod.From(PreferredMethod.Sms) };
        return (next, null);
    }

    private static (CurrentMethods?, ServiceError?) Delete(CurrentMethods now, PhoneType slot)
    {
        if (now[slot].IsEmpty) return Missing;
        if (slot == PhoneType.Mobile
            && !now.AlternateMobile.IsEmpty) return (null,
                new ServiceError(ErrorKind.AlternateMobileFirst, "PPalternate", "alternateMobile first.", Status: 400));
        CurrentMethods next = now.With(slot, CurrentSlot.Empty);
        bool isDefault = now.Default.Knowledge == DefaultMethodKnowledge.Known && ServiceRules.SlotOf(now.Default.Method) == slot;
        return isDefault && next.UsableCount > 0 ? DefaultRefused : (isDefault ? next with { Default = DefaultMethod.None } : next, null);
    }

    private static (CurrentMethods?, ServiceError?) Remove(CurrentMethods now, AuthenticationMethod method)
    {
        if (now.Others.FirstOrDefault(m => m.Kind == method.Kind
            && string.Equals(m.Id, method.Id, StringComparison.OrdinalIgnoreCase)) is not { } there) return Missing;
        CurrentMethods next = now with { Others = now.Others.Remove(there) };
        bool isDefault = now.Default.Knowledge == DefaultMethodKnowledge.Known && ServiceRules.Serves(method.Kind, now.Default.Method)
            && !next.Others.Any(m => ServiceRules.Serves(m.Kind, now.Default.Method));
        return isDefault && next.UsableCount > 0 ? DefaultRefused : (isDefault ? next with { Default = DefaultMethod.None } : next, null);
    }

    private static (CurrentMethods?, ServiceError?) DefaultRefused =>
        (null, new ServiceError(ErrorKind.DefaultMethod, "PPdefault", "It is the default method.", Status: 400));
}
