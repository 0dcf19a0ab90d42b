using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Engine.Tests.Planning.Reference;

/// <summary>What the service would answer to a plan: every state from start to end, or the first refusal.</summary>
internal sealed record Replay(ImmutableArray<CurrentMethods> States, string? Refusal)
{
    public CurrentMethods End => States[^1];

    public static Replay Run(CurrentMethods start, ImmutableArray<Operation> operations)
    {
        ImmutableArray<CurrentMethods>.Builder states = ImmutableArray.CreateBuilder<CurrentMethods>(operations.Length + 1);
        states.Add(start);
        foreach (Operation operation in operations)
        {
            if (Refuses(states[^1], operation) is { } refusal) return new Replay(states.ToImmutable(), refusal);
            states.Add(After(states[^1], operation));
        }

        return new Replay(states.ToImmutable(), null);
    }

    private static string? Refuses(CurrentMethods now, Operation operation) => operation switch
    {
        Operation.AddPhone add when !now[add.Slot].IsEmpty => "the slot is taken",
        Operation.AddPhone { Slot: PhoneType.AlternateMobile } when now.Mobile.IsEmpty => "alternateMobile needs mobile",
        Operation.UpdatePhone update when now[update.Slot].IsEmpty => "there is nothing to update",
        Operation.UpdatePhone update when now[update.Slot].Holds(update.Number) => "the number is there already",
        Operation.UpdatePhone update when now[update.Slot] != update.Before => "before is not what is there",
        Operation.DeletePhone delete when now[delete.Slot].IsEmpty => "there is nothing to delete",
        Operation.DeletePhone delete when now[delete.Slot] != delete.Before => "before is not what is there",
        Operation.DeletePhone { Slot: PhoneType.Mobile } when !now.AlternateMobile.IsEmpty => "mobile stays while there is an alternateMobile",
        Operation.DeletePhone or Operation.RemoveMethod when DeletesDefault(now, operation) => "the default cannot be deleted",
        Operation.RemoveMethod removal when !now.Others.Contains(removal.Method) => "there is no such method",
        Operation.AddEmail when now.Email is not null => "there is an address already",
        Operation.UpdateEmail update when now.Email != update.Before || update.Before.Holds(update.Address) => "there is nothing to change",
        Operation.DeleteEmail delete when now.Email != delete.Before => "there is nothing to delete",
        Operation.SwitchSmsSignIn when now.Mobile.IsEmpty => "SMS sign-in needs a mobile",
        Operation.Prefer prefer when !Service.IsThere(Concrete.Back(now), Concrete.IndexOf(prefer.Method)) => "the preferred method is not there",
        Operation.ResetPassword => "no password was requested",
        _ => null,
    };

    private static CurrentMethods After(CurrentMethods now, Operation operation) => operation switch
    {
        Operation.AddPhone add => now.With(add.Slot, CurrentSlot.From(add.Number)),
        Operation.UpdatePhone update => now.With(update.Slot, CurrentSlot.From(update.Number)),
        Operation.DeletePhone delete => now.With(delete.Slot, CurrentSlot.Empty),
        Operation.RemoveMethod removal => now with { Others = now.Others.Remove(removal.Method) },
        Operation.AddEmail add => now with { Email = new CurrentEmail("email-1", add.Address) },
        Operation.UpdateEmail update => now with { Email = new CurrentEmail("email-1", update.Address) },
        Operation.DeleteEmail => now with { Email = null },
        Operation.SwitchSmsSignIn sms => now with { SmsSignIn = sms.On ? SmsSignInState.Ready : SmsSignInState.NotEnabled },
        Operation.Prefer prefer => now with { Default = DefaultMethod.From(prefer.Method) },
        Operation.ResetPassword => now,
        _ => throw new InvalidOperationException(),
    };

    private static bool DeletesDefault(CurrentMethods now, Operation operation)
    {
        if (now.Default.Knowledge != DefaultMethodKnowledge.Known) return false;
        int preference = Concrete.IndexOf(now.Default.Method);
        World before = Concrete.Back(now);
        return Service.IsThere(before, preference) && !Service.IsThere(Concrete.Back(After(now, operation)), preference);
    }
}
