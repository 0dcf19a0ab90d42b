using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Engine.Planning;

/// <summary>
/// The way between two states of the phone slots when one number may never stand in two slots (docs/design.md#laws-of-the-planner, law 5) and a user
/// who has a method at both ends never is without one (law 3). Swaps and moves then need another order, a slot emptied for a
/// moment, or a number of the user's kept in another slot for a moment; the shortest of these is searched among the few hundred
/// states there are. Slots that are right already are never touched.
/// </summary>
/// <param name="From">The slots now.</param>
/// <param name="To">The slots as they are to be.</param>
/// <param name="NeedsOne">Whether at least one phone must stand at every moment, because nothing else would be usable.</param>
internal sealed record PhoneDetour(PhoneSlots From, PhoneSlots To, bool NeedsOne)
{
    /// <summary>mobile last: it serves most.</summary>
    private static readonly PhoneType[] Slots = [PhoneType.AlternateMobile, PhoneType.Office, PhoneType.Mobile];

    /// <summary>Whether these writes, in this order, keep the laws.</summary>
    public bool Allows(ImmutableArray<Operation> writes)
    {
        PhoneSlots state = From;
        foreach (Operation write in writes)
        {
            state = state.After(write);
            if (!IsAllowed(state)) return false;
        }

        return true;
    }

    /// <summary>The shortest sequence of writes, or null when there is none.</summary>
    /// <param name="guarded">A slot that may be emptied only in some states (it is the user's default), or null.</param>
    /// <param name="mayEmpty">In which.</param>
    public ImmutableArray<Operation>? Shortest(PhoneType? guarded, Func<PhoneSlots, bool> mayEmpty)
    {
        if (EndsTwice) return null;
        CurrentSlot[] contents = [CurrentSlot.Empty, .. Numbers(To), .. Numbers(From)];
        Dictionary<PhoneSlots, PhoneSlots> cameFrom = new() { [From] = From };
        Queue<PhoneSlots> open = new([From]);
        while (open.TryDequeue(out PhoneSlots state))
        {
            if (state == To) return Writes(cameFrom);
            foreach (PhoneSlots next in Nexts(state, contents))
            {
                bool emptiesGuarded = guarded is { } slot && next[slot].IsEmpty && !state[slot].IsEmpty;
                if (!IsAllowed(next) || (emptiesGuarded && !mayEmpty(state))) continue;
                if (cameFrom.TryAdd(next, state)) open.Enqueue(next);
            }
        }

        return null;
    }

    /// <summary>Whether a slot besides this one is filled and will be.</summary>
    public bool IsSettledBeside(PhoneType slot, PhoneSlots state)
    {
        foreach (PhoneType other in Slots)
        {
            if (other != slot && !state[other].IsEmpty && !To[other].IsEmpty) return true;
        }

        return false;
    }

    /// <summary>Whether the goal itself has a number in two slots where one of them is written; then there is no way.</summary>
    private bool EndsTwice => Twice(PhoneType.Mobile, PhoneType.AlternateMobile) || Twice(PhoneType.Mobile, PhoneType.Office)
        || Twice(PhoneType.AlternateMobile, PhoneType.Office);

    private bool Twice(PhoneType left, PhoneType right) =>
        To[left].TryGetNumber(out PhoneNumber number) && To[right].Holds(number) && !(From[left] == To[left] && From[right] == To[right]);

    private bool IsAllowed(in PhoneSlots state) =>
        (!NeedsOne || state.Count > 0)
        && (ServiceRules.IsLegal(state) || !ServiceRules.IsLegal(From))
        && (state == To ? !EndsTwice : !ServiceRules.HasOneNumberTwice(state));

    private static IEnumerable<CurrentSlot> Numbers(PhoneSlots slots) => Slots.Select(s => slots[s]).Where(s => s.TryGetNumber(out _));

    /// <summary>The states one write away: first with what is wanted in a slot, then with anything else in it.</summary>
    private IEnumerable<PhoneSlots> Nexts(PhoneSlots state, CurrentSlot[] contents)
    {
        foreach (PhoneType slot in Slots)
        {
            if (state[slot] != To[slot]) yield return state.With(slot, To[slot]);
        }

        foreach (CurrentSlot content in contents)
        {
            foreach (PhoneType slot in Slots)
            {
                if (From[slot] != To[slot] && state[slot] != content) yield return state.With(slot, content);
            }
        }
    }

    private ImmutableArray<Operation> Writes(Dictionary<PhoneSlots, PhoneSlots> cameFrom)
    {
        Stack<Operation> writes = new();
        for (PhoneSlots state = To; state != From; state = cameFrom[state]) writes.Push(WriteBetween(cameFrom[state], state));
        return [.. writes];
    }

    private Operation WriteBetween(PhoneSlots before, PhoneSlots after)
    {
        PhoneType slot = Array.Find(Slots, s => before[s] != after[s]);
        bool final = after[slot] == To[slot];
        if (!after[slot].TryGetNumber(out PhoneNumber number))
        {
            return new Operation.DeletePhone(slot, before[slot], final ? PhoneOrdering.ReasonToRemove(before[slot]) : Reason.MakesRoom);
        }

        Reason reason = final ? PhoneOrdering.ReasonToChange(From[slot]) : Reason.MakesRoom;
        return before[slot].IsEmpty ? new Operation.AddPhone(slot, number, reason) : new Operation.UpdatePhone(slot, before[slot], number, reason);
    }
}
