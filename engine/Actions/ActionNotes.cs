using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Engine.Actions;

/// <summary>What a plan of an action says beside its operations: the way it goes, and what the tenant's policy will say to it.</summary>
internal static class ActionNotes
{
    public static ImmutableArray<Diagnostic> For(PasswordResetRequest desired) =>
    [
        desired.Route switch
        {
            PasswordRoute.ResetOperation =>
                Diagnostic.Info("passwordRoute",
                    "The token is a person's, so the password is reset by 'resetPassword' and followed to its end; "
                    + "it is written back to an on-premises directory. "
                + (desired.IsGiven ? "The password is the one you gave"
                : "Microsoft Entra ID generates the password; that works for cloud-only users, all others need one that you give")
                + ". The person must change it at the next sign-in."),
            PasswordRoute.PasswordProfile =>
                Diagnostic.Info("passwordRoute",
                    "There is no 'resetPassword' for an app's token, nor for any in the cloud of China, "
                    + "so the password is set in the user's 'passwordProfile'. "
                + (desired.IsGiven ? "The password is the one you gave" : "This program generates it") + (desired.MustChange
                ? ". The person must change it at the next sign-in." : ". The person need not change it.")),
        },
    ];

    public static ImmutableArray<Diagnostic> For(PassRequest desired, CurrentMethods now, PassPolicy policy)
    {
        ImmutableArray<Diagnostic>.Builder notes = ImmutableArray.CreateBuilder<Diagnostic>();
        if (now.Has(MethodKind.TemporaryAccessPass))
        {
            notes.Add(Diagnostic.Warning("passReplaced",
                "The user has a temporary access pass. A user can have one only: it is deleted, and a new one is made."));
        }

        if (policy.Verdict == PolicyVerdict.Forbids)
        {
            notes.Add(Diagnostic.Warning("disabledByPolicy",
                "The tenant's authentication methods policy does not enable temporary access passes, so the service will refuse. "
                + "Enable them for a group that holds the user first."));
        }

        if (desired.LifetimeInMinutes is { } minutes && (minutes < policy.Shortest || minutes > policy.Longest))
        {
            notes.Add(Diagnostic.Warning("lifetimeOutsidePolicy",
                FormattableString.Invariant($"The tenant's policy allows passes of {policy.Shortest} to {policy.Longest} minutes, ")
                + FormattableString.Invariant($"and {minutes} are asked for, so the service will refuse.")));
        }

        if (desired.Once == false && policy.OnceOnly == true)
        {
            notes.Add(Diagnostic.Warning("onceOnlyByPolicy",
                "The tenant's policy allows passes for one use only, so the service will refuse one for several."));
        }

        return notes.ToImmutable();
    }

    public static ImmutableArray<Diagnostic> OfSmsSignIn(bool on, CurrentMethods now, PolicyVerdict policy)
    {
        if (!on)
        {
            bool isOnlyWay = now.SmsSignIn == SmsSignInState.Ready && now.UsableCount == 1 && !now.Mobile.IsEmpty;
            return isOnlyWay
                ? [Diagnostic.Warning("onlyWayIn",
                    "The mobile number is the user's only method and signs in by SMS. "
                    + "Without it, a user without a password is locked out: check that first, or issue a temporary access pass (issue-tap).")]
                : [];
        }

        if (now.SmsSignIn == SmsSignInState.PhoneNumberNotUnique && !now.Mobile.IsEmpty)
        {
            return [Diagnostic.Warning("phoneNumberNotUnique",
                "Another user of the tenant already signs in by SMS with this number, so the service will refuse. "
                + "Find the other user, or give this one another number.")];
        }

        return policy == PolicyVerdict.Forbids
            ? [Diagnostic.Warning("disabledByPolicy",
                "The tenant's authentication methods policy does not let anyone sign in by SMS, so the service will most likely refuse. "
                + "Allow SMS 'use for sign-in' for a group that holds the user first.")]
            : [];
    }

    public static ImmutableArray<Diagnostic> OfClearing(Clearing clearing, CurrentMethods now, bool replacesPass = false)
    {
        ImmutableArray<Diagnostic>.Builder notes = ImmutableArray.CreateBuilder<Diagnostic>();
        notes.Add(Diagnostic.Info("policiesAside",
            "Policies LastMethod and DefaultMethod do not apply here: the user is to be left without methods, and the default is removed last."));
        string[] staying = [.. now.Others.Where(m => m.Kind != MethodKind.Password && !Goes(clearing, m.Kind)
            && !(replacesPass && m.Kind == MethodKind.TemporaryAccessPass)).Select(m => m.TypeName ?? m.Kind.Name()).Distinct(StringComparer.Ordinal)];
        string[] all = clearing == Clearing.Reregister && now.Email is not null ? ["email", .. staying] : staying;
        if (all.Length > 0) notes.Add(Stays(all));
        KindSet unseen = now.Unread & ~Removed(clearing);
        if (unseen != KindSet.None) notes.Add(MayStay(unseen));
        if (staying.Length > 0 && now.Default is { Knowledge: DefaultMethodKnowledge.Known, Method: var method })
        {
            notes.Add(Diagnostic.Warning("defaultMayStay",
                $"The default method ('{method.Name()}') can be deleted only when nothing else is left, and the user keeps {string.Join(", ", staying)}. "
                + "The service may refuse the last deletion; then the user has to choose another default, or remove what is kept with 'offboard'."));
        }

        return notes.ToImmutable();
    }

    private static Diagnostic Stays(string[] kinds) => Diagnostic.Warning("methodsStay",
        $"Beside the password the user keeps {string.Join(", ", kinds)}: these are not removed here. "
        + "To remove them, use 'offboard' or a row with 'remove'; kinds that this program does not know, the Entra admin center.");

    private static Diagnostic MayStay(KindSet unread) => Diagnostic.Warning("notOffered",
        $"Whether the user has methods of these kinds cannot be read, so they may stay: {string.Join(", ", unread.Names())}. "
        + "Check the user in the Entra admin center.");

    /// <summary>Kinds that are removed, or held where they cannot be read.</summary>
    private static KindSet Removed(Clearing clearing)
    {
        KindSet removed = clearing == Clearing.Offboard ? KindSet.Email : KindSet.None;
        foreach (MethodKind kind in MethodKinds.Removable)
        {
            if (Goes(clearing, kind)) removed |= KindSets.From(kind);
        }

        return removed;
    }

    private static bool Goes(Clearing clearing, MethodKind kind) => clearing switch
    {
        Clearing.Reregister => kind is MethodKind.MicrosoftAuthenticator or MethodKind.SoftwareOath or MethodKind.HardwareOath,
        Clearing.Offboard => kind.IsRemovable(),
        Clearing.None => false,
    };
}
