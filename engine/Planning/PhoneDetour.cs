using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Engine.Planning;

/// <summary>
/// The way between two states of the phone slots when one number may never stand in two slots (design 5, law 5) and a user
/// who has a method at both ends never is without one (law 3). Swaps and moves then need another order, a slot emptied for a
/// moment, or a number of the user's kept in another slot for a moment; the shortest of these is searched among the few hundred
/// states there are. Slots that are right already are never touched.
/// </summary>
/// <param name="From">The slots now.</param>
/// <param name="To">The slots as they are to be.</param>
/// <param name="NeedsOne">Whether at least one phone must stand at every moment, because nothing else would be usable.</param>
internal sealed record PhoneDetour(PhoneSlots From, PhoneSlots To, bool NeedsOne)
{
    private static readonly PhoneType[] Slots = [PhoneType.AlternateMobile, PhoneType.Office, PhoneType.Mobile];

    /// <summary>Whether the goal itself has a number in two slots where one of them is written; then there is no way.</summary>
    public bool EndsTwice => Twice(PhoneType.Mobile, PhoneType.AlternateMobile) || Twice(PhoneType.Mobile, PhoneType.Office) || Twice(PhoneType.AlternateMobile, PhoneType.Office);

    /// <summary>Whether these writes, in this order, keep the laws.</summary>
    public bool Allows(ImmutableArray<Operation> writes)
    {
        PhoneSlots state = From;
        foreach (Operation write in writes)
        {
            if (!ServiceRules.Accepts(write, state)) return false;
            state = state.After(write);
            if (!IsAllowed(state)) return false;
        }

        return state == To;
    }

    /// <summary>The shortest sequence of writes, or null when there is none.</summary>
    /// <param name="guarded">A slot that may be emptied only in some states (it is the user's default), or null.</param>
    /// <param name="mayEmpty">In which.</param>
    public ImmutableArray<Operation>? Shortest(PhoneType? guarded, Func<PhoneSlots, bool> mayEmpty)
    {
        if (EndsTwice) return null;
        Dictionary<PhoneSlots, ImmutableArray<Operation>> ways = new() { [From] = [] };
        Queue<PhoneSlots> open = new([From]);
        while (open.TryDequeue(out PhoneSlots state))
        {
            if (state == To) return ways[state];
            foreach (Operation write in Writes(state))
            {
                if (write is Operation.DeletePhone delete && delete.Slot == guarded && !mayEmpty(state)) continue;
                PhoneSlots next = state.After(write);
                if (ServiceRules.Accepts(write, state) && IsAllowed(next) && ways.TryAdd(next, ways[state].Add(write))) open.Enqueue(next);
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

    private bool IsAllowed(in PhoneSlots state) =>
        (!NeedsOne || state.Count > 0) && (state == To ? !EndsTwice : !ServiceRules.HasOneNumberTwice(state));

    private bool Twice(PhoneType left, PhoneType right) =>
        To[left].TryGetNumber(out PhoneNumber number) && To[right].Holds(number) && !(From[left] == To[left] && From[right] == To[right]);

    /// <summary>What can be written to the slots that differ: first what is wanted there, then what makes room, mobile last.</summary>
    private IEnumerable<Operation> Writes(PhoneSlots state)
    {
        foreach (PhoneType slot in Slots)
        {
            if (From[slot] != To[slot] && To[slot].TryGetNumber(out PhoneNumber wanted)) yield return Put(slot, state[slot], wanted, PhoneOrdering.ReasonToChange(From[slot]));
        }

        foreach (PhoneType slot in Slots)
        {
            if (From[slot] == To[slot] || state[slot].IsEmpty) continue;
            yield return new Operation.DeletePhone(slot, state[slot], To[slot].IsEmpty ? PhoneOrdering.ReasonToRemove(From[slot]) : Reason.MakesRoom);
        }

        foreach (PhoneType slot in Slots)
        {
            if (From[slot] == To[slot]) continue;
            foreach (PhoneType other in Slots)
            {
                if (To[other].TryGetNumber(out PhoneNumber passing)) yield return Put(slot, state[slot], passing, Reason.MakesRoom);
                if (From[other].TryGetNumber(out passing)) yield return Put(slot, state[slot], passing, Reason.MakesRoom);
            }
        }
    }

    private static Operation Put(PhoneType slot, CurrentSlot held, PhoneNumber number, Reason reason) =>
        held.IsEmpty ? new Operation.AddPhone(slot, number, reason) : new Operation.UpdatePhone(slot, held, number, reason);
}
