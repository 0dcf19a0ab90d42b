using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Engine.Planning;

/// <summary>
/// The ordered operations that lead to the goal with some parts left as they are: phones in, SMS sign-in, e-mail,
/// default method, then what is removed, phones out last. Everything that adds a way to sign in comes before everything
/// that takes one away (docs/design.md#laws-of-the-planner, law 3).
/// </summary>
internal sealed record Draft
{
    public required ImmutableArray<Operation> Operations { get; init; }

    /// <summary>The phone slots at the end.</summary>
    public required PhoneSlots Phones { get; init; }

    /// <summary>The other methods at the end.</summary>
    public required ImmutableArray<AuthenticationMethod> Others { get; init; }

    public required int UsableAfter { get; init; }

    /// <summary>The phones differ, but no order of writes obeys the laws (<c>SameNumberInTwoSlots: Avoid</c>).</summary>
    public required bool PhonesImpossible { get; init; }

    public static Draft Make(PlanRequest request, Goal goal, HeldParts held)
    {
        CurrentMethods current = request.Current;
        DesiredMethods desired = request.Desired;
        PhoneSlots from = PhoneSlots.From(current);
        PhoneSlots to = held.Has(Part.Phones) ? from : goal.Phones;
        ImmutableArray<AuthenticationMethod> removed = Removed(current, desired, held);
        ImmutableArray<AuthenticationMethod> others = removed.IsEmpty ? current.Others : current.Others.RemoveRange(removed);
        int usableAfter = to.Count + UsableIn(others);

        ImmutableArray<Operation>? ordered = PhoneWrites(request, from, to, others, usableAfter);
        ImmutableArray<Operation> phones = ordered ?? [];

        int firstOut = FirstTrailingDelete(phones);
        ImmutableArray<Operation>.Builder operations = ImmutableArray.CreateBuilder<Operation>();
        operations.AddRange(phones.AsSpan()[..firstOut]);
        AddSmsSignIn(operations, request, to, phones, held);
        AddEmail(operations, request, held);
        AddPreferred(operations, request, held);
        AddMembership(operations, request, held);
        ImmutableArray<AuthenticationMethod> replaced = AddSecrets(operations, request, removed, held);
        operations.AddRange(EmailDelete(request, held));
        foreach (AuthenticationMethod method in removed.RemoveRange(replaced)) operations.Add(Removing(method, desired));
        operations.AddRange(phones.AsSpan()[firstOut..]);

        Draft draft = new()
        {
            Operations = desired.Clearing == Clearing.None ? operations.ToImmutable() : ClearingOrder.Sort(current, operations.ToImmutable()),
            Phones = to, Others = others, UsableAfter = usableAfter, PhonesImpossible = ordered is null,
        };
        return draft with { Operations = DefaultPreference.Insert(request, draft, held) };
    }

    /// <summary>The phone writes in order; null when every order breaks a law.</summary>
    private static ImmutableArray<Operation>? PhoneWrites(PlanRequest request, in PhoneSlots from,
        in PhoneSlots to, ImmutableArray<AuthenticationMethod> staying, int usableAfter)
    {
        ImmutableArray<Operation> straight = PhoneOrdering.Straight(from, to);
        if (straight.IsEmpty || request.Policy.SameNumberInTwoSlots == SameNumberPolicy.Allow) return straight;

        int others = request.Current.OtherUsableCount;
        PhoneDetour detour = new(from, to, NeedsOne: others == 0 && from.Count > 0 && usableAfter > 0);
        return detour.Allows(straight) ? straight : DefaultPreference.Sparing(request, detour, staying);
    }

    /// <summary>Where the run of deletes at the end of the phone writes begins; deletes before it only make room.</summary>
    private static int FirstTrailingDelete(ImmutableArray<Operation> phones)
    {
        int index = phones.Length;
        while (index > 0 && phones[index - 1] is Operation.DeletePhone) index--;
        return index;
    }

    private static ImmutableArray<AuthenticationMethod> Removed(CurrentMethods current, DesiredMethods desired, HeldParts held)
    {
        if (desired.Removals.IsEmpty) return [];
        IEnumerable<AuthenticationMethod> removed = current.Others.Where(m =>
            m.Kind.IsRemovable() && !held.Has(Parts.From(m.Kind)) && Goal.IsCovered(m, desired.Removals));
        return [.. removed.OrderBy(m => MethodKinds.Removable.IndexOf(m.Kind)).ThenBy(m => m.Id, StringComparer.Ordinal)];
    }

    public static int UsableIn(ImmutableArray<AuthenticationMethod> others)
    {
        int count = 0;
        foreach (AuthenticationMethod method in others)
        {
            if (method.Kind.IsUsable()) count++;
        }

        return count;
    }

    /// <summary>The switch comes after a write of mobile, because the service may re-register the number by itself (law 6).</summary>
    private static void AddSmsSignIn(
        ImmutableArray<Operation>.Builder operations, PlanRequest request, PhoneSlots to, ImmutableArray<Operation> phones, HeldParts held)
    {
        bool isKept = request.Desired.SmsSignIn is null && request.SignIn != SignInNeed.None;
        if ((isKept ? true : request.Desired.SmsSignIn) is not { } on || held.Has(Part.SmsSignIn) || to.Mobile.IsEmpty) return;
        bool mobileWritten = phones.Any(p => p is Operation.AddPhone { Slot: ServiceRules.SmsSignInSlot }
            or Operation.UpdatePhone { Slot: ServiceRules.SmsSignInSlot });
        if (!mobileWritten && (isKept ? !Comparison.MissesSignIn(request) : Comparison.IsSmsSignInAsWanted(request.Current, request.Desired))) return;
        SmsSignInState before = request.Current.Mobile.IsEmpty ? SmsSignInState.Unknown : request.Current.SmsSignIn;
        if (mobileWritten && request.SignIn == SignInNeed.FreeFirst && before == SmsSignInState.Ready)
        {
            operations.Insert(0, new Operation.SwitchSmsSignIn(On: false, before, Reason.FreesNumber));
        }

        operations.Add(new Operation.SwitchSmsSignIn(on, before, isKept ? Reason.SignInKept : Reason.SignInWanted));
    }

    private static void AddEmail(ImmutableArray<Operation>.Builder operations, PlanRequest request, HeldParts held)
    {
        if (held.Has(Part.Email) || !request.Desired.Email.TryGet(out string? address)) return;
        CurrentEmail? email = request.Current.Email;
        if (email is null) operations.Add(new Operation.AddEmail(address, Reason.Missing));
        else if (!email.Holds(address)) operations.Add(new Operation.UpdateEmail(email, address, Reason.Differs));
    }

    private static ImmutableArray<Operation> EmailDelete(PlanRequest request, HeldParts held) =>
        request.Desired.Email.Kind == ManagedKind.None && request.Current.Email is { } email && !held.Has(Part.Email)
            ? [new Operation.DeleteEmail(email, Reason.NotWanted)]
            : [];

    /// <summary>
    /// A pass comes before everything that is taken away, so that the person can still get in (but see <see cref="ClearingOrder"/>). A user can have
    /// one only, so what is there goes just before; those methods come back.
    /// </summary>
    private static ImmutableArray<AuthenticationMethod> AddSecrets(
        ImmutableArray<Operation>.Builder operations, PlanRequest request, ImmutableArray<AuthenticationMethod> removed, HeldParts held)
    {
        if (request.Desired.Password is { } password
            && !held.Has(Part.Password)) operations.Add(new Operation.ResetPassword(Reason.Requested) { Request = password });
        if (request.Desired.Pass is not { } pass || held.Has(Part.TemporaryAccessPass)) return [];
        ImmutableArray<AuthenticationMethod> passes = [.. removed.Where(m => m.Kind == MethodKind.TemporaryAccessPass)];
        foreach (AuthenticationMethod method in passes) operations.Add(Removing(method, request.Desired));
        operations.Add(new Operation.IssuePass(pass.LifetimeInMinutes, pass.Once, passes.IsEmpty ? null : passes[0].Id, Reason.Requested));
        return passes;
    }

    private static Operation Removing(AuthenticationMethod method, DesiredMethods desired) =>
        desired.Clearing == Clearing.Reregister && method.Kind == MethodKind.HardwareOath
            ? new Operation.DeactivateToken(method, Reason.NotWanted)
            : new Operation.RemoveMethod(method, Reason.NotWanted);

    private static void AddPreferred(ImmutableArray<Operation>.Builder operations, PlanRequest request, HeldParts held)
    {
        if (request.Desired.Preferred is not { } preferred || held.Has(Part.PreferredMethod) || request.Current.Default.Is(preferred)) return;
        operations.Add(new Operation.Prefer(request.Current.Default, preferred, Reason.DefaultWanted, Part.PreferredMethod));
    }

    private static void AddMembership(ImmutableArray<Operation>.Builder operations, PlanRequest request, HeldParts held)
    {
        if (request.Desired.Membership is not { } wanted || held.Has(Part.Membership) || wanted.Equals(request.Current.Membership)) return;
        operations.Add(wanted.IsMember
            ? new Operation.AddMember(wanted.Group, Reason.Missing) : new Operation.RemoveMember(wanted.Group, Reason.NotWanted));
    }
}
