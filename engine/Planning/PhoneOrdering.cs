using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Engine.Planning;

/// <summary>
/// Orders the writes that lead from one state of the phone slots to another.
/// One write per differing slot; adds, then updates, then deletes, mobile before alternateMobile on the way in and after it
/// on the way out: that order is always legal and never poorer than the poorer end. Only where one number may not stand in
/// two slots (<c>Avoid</c>) it may not do; then <see cref="PhoneDetour"/> finds the way round.
/// </summary>
internal static class PhoneOrdering
{
    private static readonly PhoneType[] WayIn = [PhoneType.Mobile, PhoneType.AlternateMobile, PhoneType.Office];
    private static readonly PhoneType[] WayOut = [PhoneType.AlternateMobile, PhoneType.Office, PhoneType.Mobile];

    /// <summary>The writes in the usual order; right whenever one number may stand in two slots on the way.</summary>
    public static ImmutableArray<Operation> Straight(in PhoneSlots from, in PhoneSlots to)
    {
        if (from == to) return [];
        ImmutableArray<Operation>.Builder writes = ImmutableArray.CreateBuilder<Operation>(WayIn.Length);
        foreach (PhoneType type in WayIn)
        {
            if (from[type].IsEmpty && to[type].TryGetNumber(out PhoneNumber number)) writes.Add(new Operation.AddPhone(type, number, Reason.Missing));
        }

        foreach (PhoneType type in WayIn)
        {
            if (!from[type].IsEmpty && to[type].TryGetNumber(out PhoneNumber number) && !from[type].Holds(number))
            {
                writes.Add(new Operation.UpdatePhone(type, from[type], number, ReasonToChange(from[type])));
            }
        }

        foreach (PhoneType type in WayOut)
        {
            if (!from[type].IsEmpty && to[type].IsEmpty) writes.Add(new Operation.DeletePhone(type, from[type], ReasonToRemove(from[type])));
        }

        return writes.DrainToImmutable();
    }

    public static Reason ReasonToChange(CurrentSlot held) => held.IsEmpty ? Reason.Missing : held.Unreadable is null ? Reason.Differs : Reason.Unreadable;

    public static Reason ReasonToRemove(CurrentSlot held) => held.Unreadable is null ? Reason.NotWanted : Reason.Unreadable;
}
