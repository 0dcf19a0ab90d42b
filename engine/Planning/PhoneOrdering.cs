using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Engine.Planning;

/// <summary>
/// Orders the writes that lead from one state of the phone slots to another.
/// One write per differing slot; adds, then updates, then deletes, mobile before alternateMobile on the way in and after it
/// on the way out: that order is always legal and never poorer than the poorer end. Only where one number may not stand in
/// two slots (<c>Avoid</c>) another order, or one delete-and-add instead of an update, can be necessary; then the first
/// sequence in a fixed order of candidates wins, shortest first.
/// </summary>
internal static class PhoneOrdering
{
    private static readonly PhoneType[] WayIn = [PhoneType.Mobile, PhoneType.AlternateMobile, PhoneType.Office];
    private static readonly PhoneType[] WayOut = [PhoneType.AlternateMobile, PhoneType.Office, PhoneType.Mobile];

    /// <summary>The writes in order, or null when every order would break a law.</summary>
    /// <param name="from">The slots now.</param>
    /// <param name="to">The slots as they are to be.</param>
    /// <param name="avoid">Whether one number may never stand in two slots.</param>
    /// <param name="otherUsable">Usable methods besides phones while the phones are written.</param>
    /// <param name="endsUsable">Whether the user has a usable method when everything is done.</param>
    public static ImmutableArray<Operation>? Order(PhoneSlots from, PhoneSlots to, bool avoid, int otherUsable, bool endsUsable)
    {
        ImmutableArray<Operation> straight = Straight(from, to);
        if (!avoid || straight.IsEmpty) return straight;

        bool floor = from.Count + otherUsable > 0 && endsUsable;
        if (IsSafe(straight, from, to, floor, otherUsable)) return straight;
        foreach (ImmutableArray<Operation> candidate in Splits(from, to, straight))
        {
            foreach (ImmutableArray<Operation> order in Permutations(candidate))
            {
                if (IsSafe(order, from, to, floor, otherUsable)) return order;
            }
        }

        return null;
    }

    private static ImmutableArray<Operation> Straight(PhoneSlots from, PhoneSlots to)
    {
        ImmutableArray<Operation>.Builder writes = ImmutableArray.CreateBuilder<Operation>(3);
        foreach (PhoneType type in WayIn)
        {
            if (from[type].IsEmpty && to[type].TryGetNumber(out PhoneNumber number)) writes.Add(new Operation.AddPhone(type, number, Reason.Missing));
        }

        foreach (PhoneType type in WayIn)
        {
            if (!from[type].IsEmpty && to[type].TryGetNumber(out PhoneNumber number) && !from[type].Holds(number))
            {
                writes.Add(new Operation.UpdatePhone(type, from[type], number, from[type].Unreadable is null ? Reason.Differs : Reason.Unreadable));
            }
        }

        foreach (PhoneType type in WayOut)
        {
            if (!from[type].IsEmpty && to[type].IsEmpty)
            {
                writes.Add(new Operation.DeletePhone(type, from[type], from[type].Unreadable is null ? Reason.NotWanted : Reason.Unreadable));
            }
        }

        return writes.ToImmutable();
    }

    /// <summary>The straight writes, then every way to replace updates by delete-and-add, fewest replacements first.</summary>
    private static IEnumerable<ImmutableArray<Operation>> Splits(PhoneSlots from, PhoneSlots to, ImmutableArray<Operation> straight)
    {
        yield return straight;
        Operation.UpdatePhone[] updates = [.. straight.OfType<Operation.UpdatePhone>()];
        for (int count = 1; count <= updates.Length; count++)
        {
            for (int mask = 1; mask < 1 << updates.Length; mask++)
            {
                if (System.Numerics.BitOperations.PopCount((uint)mask) != count) continue;
                ImmutableArray<Operation>.Builder writes = ImmutableArray.CreateBuilder<Operation>(straight.Length + count);
                writes.AddRange(straight.Where(w => w is not Operation.UpdatePhone update || (mask & (1 << Array.IndexOf(updates, update))) == 0));
                foreach (Operation.UpdatePhone update in updates.Where((_, i) => (mask & (1 << i)) != 0))
                {
                    writes.Add(new Operation.DeletePhone(update.Slot, from[update.Slot], Reason.MakesRoom));
                    if (to[update.Slot].TryGetNumber(out PhoneNumber number)) writes.Add(new Operation.AddPhone(update.Slot, number, update.Reason));
                }

                yield return writes.ToImmutable();
            }
        }
    }

    private static IEnumerable<ImmutableArray<Operation>> Permutations(ImmutableArray<Operation> writes)
    {
        if (writes.Length <= 1)
        {
            yield return writes;
            yield break;
        }

        for (int first = 0; first < writes.Length; first++)
        {
            foreach (ImmutableArray<Operation> rest in Permutations(writes.RemoveAt(first)))
            {
                yield return rest.Insert(0, writes[first]);
            }
        }
    }

    private static bool IsSafe(ImmutableArray<Operation> order, PhoneSlots from, PhoneSlots to, bool floor, int otherUsable)
    {
        PhoneSlots state = from;
        foreach (Operation write in order)
        {
            if (!Fits(write, state)) return false;
            state = state.After(write);
            if (!ServiceRules.IsLegal(state)) return false;
            if (floor && state.Count + otherUsable == 0) return false;
            if (CreatesDouble(state, from, to)) return false;
        }

        return state == to;
    }

    /// <summary>An add needs an empty slot; an update and a delete need an occupied one.</summary>
    private static bool Fits(Operation write, PhoneSlots state) => write switch
    {
        Operation.AddPhone add => state[add.Slot].IsEmpty,
        Operation.UpdatePhone update => !state[update.Slot].IsEmpty,
        Operation.DeletePhone delete => !state[delete.Slot].IsEmpty,
        _ => false,
    };

    /// <summary>Whether one number stands in two slots, apart from a pair that both ends have and nobody asked to change.</summary>
    private static bool CreatesDouble(PhoneSlots state, PhoneSlots from, PhoneSlots to)
    {
        for (int i = 0; i < WayIn.Length; i++)
        {
            for (int j = i + 1; j < WayIn.Length; j++)
            {
                (PhoneType left, PhoneType right) = (WayIn[i], WayIn[j]);
                if (!state[left].TryGetNumber(out PhoneNumber number) || !state[right].Holds(number)) continue;
                bool untouched = from[left] == to[left] && from[right] == to[right];
                if (!untouched) return true;
            }
        }

        return false;
    }
}
