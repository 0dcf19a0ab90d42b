using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Engine.Planning;

/// <summary>Desired merged over current, before anything is held; legality is judged on it (docs/design.md#managed-and-unmanaged,
/// docs/design.md#impossible-goals).</summary>
internal readonly record struct Goal(PhoneSlots Phones, Diagnostic? Impossible)
{
    public static Goal From(CurrentMethods current, DesiredMethods desired, PlanningPolicy policy)
    {
        PhoneSlots now = PhoneSlots.From(current);
        PhoneSlots phones = new(
            Merge(desired.Mobile, now.Mobile), Merge(desired.AlternateMobile, now.AlternateMobile), Merge(desired.Office, now.Office));

        if (policy.AlternateOnly == AlternateOnlyPolicy.Promote && IsLone(phones, now, desired, out PhoneNumber lone))
        {
            phones = phones with { Mobile = CurrentSlot.From(lone), AlternateMobile = CurrentSlot.Empty };
        }

        if (!ServiceRules.IsLegal(phones) && (desired.Mobile.IsManaged || desired.AlternateMobile.IsManaged))
        {
            return new Goal(phones, AlternateAlone(now, desired));
        }

        if (desired.SmsSignIn == true && phones.Mobile.IsEmpty) return new Goal(phones, SmsWithoutMobile());
        if (desired.Preferred is { } preferred && !IsThere(preferred, phones, current.Others, desired.Removals))
        {
            return new Goal(phones, PreferredMissing(preferred));
        }

        return new Goal(phones, null);
    }

    /// <summary>
    /// Whether the source names an alternateMobile and there would be no mobile, or the mobile is that very number because it
    /// was made so before. An alternateMobile that the source does not manage is never moved.
    /// </summary>
    private static bool IsLone(in PhoneSlots goal, in PhoneSlots now, DesiredMethods desired, out PhoneNumber lone) =>
        desired.AlternateMobile.TryGet(out lone)
        && (goal.Mobile.IsEmpty || (!desired.Mobile.IsManaged && now.AlternateMobile.IsEmpty && now.Mobile.Holds(lone)));

    /// <summary>Usable methods in the goal (docs/design.md#usable-methods).</summary>
    public int UsableCount(CurrentMethods current, DesiredMethods desired)
    {
        int count = Phones.Count;
        foreach (AuthenticationMethod method in current.Others)
        {
            bool goes = method.Kind.IsRemovable() && IsCovered(method, desired.Removals);
            if (method.Kind.IsUsable() && !goes) count++;
        }

        return count;
    }

    /// <summary>Whether the user has, in the goal, a method that can serve this preference.</summary>
    public static bool IsThere(PreferredMethod preferred, PhoneSlots phones, ImmutableArray<AuthenticationMethod> others, ImmutableArray<Removal> removals)
    {
        if (ServiceRules.SlotOf(preferred) is { } slot) return !phones[slot].IsEmpty;
        foreach (AuthenticationMethod method in others)
        {
            if (ServiceRules.Serves(method.Kind, preferred) && !IsCovered(method, removals)) return true;
        }

        return false;
    }

    public static bool IsCovered(AuthenticationMethod method, ImmutableArray<Removal> removals)
    {
        foreach (Removal removal in removals)
        {
            if (removal.Covers(method)) return true;
        }

        return false;
    }

    private static CurrentSlot Merge(Managed<PhoneNumber> wanted, CurrentSlot current) => wanted.Kind switch
    {
        ManagedKind.Unmanaged => current,
        ManagedKind.None => CurrentSlot.Empty,
        ManagedKind.Value => wanted.TryGet(out PhoneNumber number) ? CurrentSlot.From(number) : CurrentSlot.Empty,
    };

    /// <summary>Why there is no mobile beside the alternateMobile: it would be removed, or there is none (docs/design.md#a-removed-mobile).</summary>
    private static Diagnostic AlternateAlone(in PhoneSlots now, DesiredMethods desired)
    {
        if (desired.Mobile.Kind != ManagedKind.None || now.Mobile.IsEmpty)
        {
            return Diagnostic.Error("alternateWithoutMobile",
                "An alternateMobile is wanted, but no mobile would be there: Microsoft Entra ID allows it only beside a mobile. "
                + "Give a mobile number too, or set Policy:AlternateOnly to Promote to make a lone alternateMobile the mobile.");
        }

        return Diagnostic.Error("mobileUnderAlternate",
            "The mobile would be removed, but an alternateMobile would stay: Microsoft Entra ID allows it only beside a mobile. "
            + (desired.AlternateMobile.IsManaged
                ? "List a mobile too, or no alternateMobile; or set Policy:AlternateOnly to Promote to make a lone alternateMobile the mobile."
                : "Say what is to become of alternateMobile too: give its number, which then becomes the mobile, or 'none'."));
    }

    private static Diagnostic SmsWithoutMobile() => Diagnostic.Error("smsSignInWithoutMobile",
        "SMS sign-in is to be on, but no mobile number would be there: only a mobile number can sign in by SMS. "
        + "Give a mobile number, or leave smsSignIn blank.");

    private static Diagnostic PreferredMissing(PreferredMethod preferred) => Diagnostic.Error("preferredMethodMissing",
        $"The default method is to be '{preferred.Name()}', but the user would have no method that can serve it. "
        + "Choose a method the user has, or add it first.");
}
