using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Engine.Planning;

/// <summary>
/// What a plan does to the user's default method: whether it would be deleted, what could take its place, and the writes
/// that <c>DefaultMethod: Switch</c> and <c>KeepDefault</c> put into the plan (docs/design.md#policies).
/// </summary>
internal static class DefaultPreference
{
    /// <summary>The operations that delete what serves this preference; empty when something that serves it remains throughout.</summary>
    public static ImmutableArray<Operation> Deleting(PreferredMethod preferred, Draft draft)
    {
        if (ServiceRules.SlotOf(preferred) is { } slot)
        {
            return [.. draft.Operations.Where(o => o is Operation.DeletePhone delete && delete.Slot == slot)];
        }

        foreach (AuthenticationMethod method in draft.Others)
        {
            if (ServiceRules.Serves(method.Kind, preferred)) return [];
        }

        return [.. draft.Operations.Where(o => o is Operation.RemoveMethod removal && ServiceRules.Serves(removal.Method.Kind, preferred))];
    }

    /// <summary>The operations that delete what serves this preference while it still is the default, because no other preference is set before.</summary>
    public static ImmutableArray<Operation> DeletingUnmoved(PreferredMethod preferred, Draft draft)
    {
        ImmutableArray<Operation> deleting = Deleting(preferred, draft);
        if (deleting.IsEmpty) return deleting;
        foreach (Operation operation in draft.Operations.AsSpan()[..draft.Operations.IndexOf(deleting[0])])
        {
            if (operation is Operation.Prefer prefer && prefer.Method != preferred) return [];
        }

        return deleting;
    }

    /// <summary>The operations that would delete the default, whichever of the preferences it is; none once the source's own choice has been set.</summary>
    public static ImmutableArray<Operation> DeletingAny(Draft draft)
    {
        ImmutableArray<Operation>.Builder all = ImmutableArray.CreateBuilder<Operation>();
        for (PreferredMethod preferred = PreferredMethod.Push; preferred <= PreferredMethod.VoiceOffice; preferred++)
        {
            foreach (Operation operation in DeletingUnmoved(preferred, draft))
            {
                if (!all.Contains(operation)) all.Add(operation);
            }
        }

        return all.ToImmutable();
    }

    /// <summary>
    /// Of the ways round, the one that leaves the default's slot filled, or that empties it only when something else can be the
    /// default by then: moving the default is one write more.
    /// </summary>
    public static ImmutableArray<Operation>? Sparing(PlanRequest request, PhoneDetour detour, ImmutableArray<AuthenticationMethod> staying)
    {
        DefaultMethod now = request.Current.Default;
        if (now.Knowledge != DefaultMethodKnowledge.Known || ServiceRules.SlotOf(now.Method) is not { } slot) return detour.Shortest(null, static _ => true);

        bool otherServes = staying.Any(m => ServiceRules.Serves(m.Kind, PreferredMethod.Push) || ServiceRules.Serves(m.Kind, PreferredMethod.Oath));
        ImmutableArray<Operation>? sparing = detour.Shortest(slot, static _ => false);
        ImmutableArray<Operation>? moving = request.Policy.DefaultMethod == DefaultMethodPolicy.Switch
            ? detour.Shortest(slot, state => otherServes || detour.IsSettledBeside(slot, state))
            : null;
        bool spares = sparing is { } left && (moving is not { } right || left.Length <= right.Length + 1);
        return spares ? sparing : moving ?? detour.Shortest(null, static _ => true);
    }

    /// <summary>Whether the plan adds the first phone to a user who has other methods, so that the default may move.</summary>
    public static bool MayMove(PlanRequest request, Draft draft) =>
        request.Policy.KeepDefault
        && request.Current.PhoneCount == 0
        && request.Current.OtherUsableCount > 0
        && draft.Operations.Any(o => o is Operation.AddPhone);

    /// <summary>The draft's operations with the preference writes that the policies ask for.</summary>
    public static ImmutableArray<Operation> Insert(PlanRequest request, Draft draft, HeldParts held)
    {
        if (request.Current.Default.Knowledge != DefaultMethodKnowledge.Known || request.Desired.Clearing != Clearing.None) return draft.Operations;
        bool wantsAnother = draft.Operations.Any(o => o is Operation.Prefer);
        if (wantsAnother) return draft.Operations;
        PreferredMethod now = request.Current.Default.Method;
        bool wanted = request.Desired.Preferred is not null && !held.Has(Part.PreferredMethod);

        ImmutableArray<Operation> deleting = Deleting(now, draft);
        if (!deleting.IsEmpty && request.Policy.DefaultMethod == DefaultMethodPolicy.Switch && !wanted)
        {
            int at = draft.Operations.IndexOf(deleting[0]);
            return Successor(request, draft, at) is { } next
                ? draft.Operations.Insert(at, new Operation.Prefer(request.Current.Default, next, Reason.DefaultWouldBeDeleted, deleting[0].Part))
                : draft.Operations;
        }

        if (MayMove(request, draft))
        {
            int lastAdd = draft.Operations.LastIndexOf(draft.Operations.Last(o => o is Operation.AddPhone));
            return draft.Operations.Insert(lastAdd + 1, new Operation.Prefer(request.Current.Default, now, Reason.DefaultMayMove, Part.Phones));
        }

        return draft.Operations;
    }

    /// <summary>The strongest preference that the goal can serve, that is there when the
    /// default goes, and that no later write takes away, be it for a moment.</summary>
    private static PreferredMethod? Successor(PlanRequest request, Draft draft, int at)
    {
        PhoneSlots then = PhoneSlots.From(request.Current);
        foreach (Operation operation in draft.Operations.AsSpan()[..at]) then = then.After(operation);
        for (PreferredMethod candidate = PreferredMethod.Push; candidate <= PreferredMethod.VoiceOffice; candidate++)
        {
            bool goes = false;
            foreach (Operation operation in draft.Operations.AsSpan()[at..]) goes |= operation is Operation.DeletePhone delete
                && delete.Slot == ServiceRules.SlotOf(candidate);
            if (!goes && Goal.IsThere(candidate, then, draft.Others, [])) return candidate;
        }

        return null;
    }
}
