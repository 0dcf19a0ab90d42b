using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Pipeline;

namespace ProvisioningConnector.Engine.Actions;

/// <summary>What an action wants of a user, from what is there. Pure: asked again whenever the user is read anew.</summary>
public static class ActionDesires
{
    /// <summary>What the portal's "require re-register" takes away, hardware tokens (deactivated) among them (docs/graph.md#other-methods).</summary>
    private static readonly ImmutableArray<MethodKind> Reregistered = [MethodKind.MicrosoftAuthenticator, MethodKind.SoftwareOath, MethodKind.HardwareOath];

    /// <param name="action">What is asked for.</param>
    /// <param name="now">The user as read.</param>
    /// <param name="policies">What was read of the tenant's policy; only for warnings beforehand.</param>
    public static DesiredChange For(UserAction action, CurrentMethods now, MethodPolicies policies)
    {
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(policies);
        return action switch
        {
            UserAction.ResetPassword reset => Valid(new DesiredMethods { Password = reset.Request }, ActionNotes.For(reset.Request)),
            UserAction.IssuePass issue => Valid(WithPass(new DesiredMethods(), issue.Request, now), ActionNotes.For(issue.Request, now, policies.Pass)),
            UserAction.SwitchSmsSignIn sms => Valid(new DesiredMethods { SmsSignIn = sms.On }, ActionNotes.OfSmsSignIn(sms.On, now, policies.SmsSignIn)),
            UserAction.Prefer prefer => Valid(new DesiredMethods { Preferred = prefer.Method }, []),
            UserAction.SetPhone set => Valid(new DesiredMethods().With(set.Slot, Model.Managed.Value(set.Number)), []),
            UserAction.RemovePhone remove => Removed(remove.Slot, now),
            UserAction.RequireReregister { Pass: { } pass } => Valid(
                WithPass(Cleared(Clearing.Reregister, Reregistered), pass, now),
                [.. ActionNotes.OfClearing(Clearing.Reregister, now, replacesPass: true), .. ActionNotes.For(pass, now, policies.Pass)]),
            UserAction.RequireReregister => Valid(Cleared(Clearing.Reregister, Reregistered), ActionNotes.OfClearing(Clearing.Reregister, now)),
            UserAction.Offboard => Valid(Cleared(Clearing.Offboard, MethodKinds.Removable) with { Email = Model.Managed.None<string>() },
                ActionNotes.OfClearing(Clearing.Offboard, now)),
            _ => throw new ArgumentOutOfRangeException(nameof(action), action.GetType().Name, "An action that wants nothing."),
        };
    }

    private static DesiredChange.Valid Valid(DesiredMethods desired, ImmutableArray<Diagnostic> notes) => new(desired) { Notes = notes };

    /// <summary>Only the passes that are there now are in the way; named, so that the new one is not among them.</summary>
    private static DesiredMethods WithPass(DesiredMethods desired, PassRequest pass, CurrentMethods now)
    {
        ImmutableArray<string> passes = [.. now.Others.Where(m => m.Kind == MethodKind.TemporaryAccessPass).Select(m => m.Id)];
        return desired with
        {
            Pass = pass,
            Removals = passes.IsEmpty ? desired.Removals : [.. desired.Removals.Add(new Removal(MethodKind.TemporaryAccessPass, passes)).OrderBy(r => r.Kind)],
        };
    }

    private static DesiredMethods Cleared(Clearing clearing, ImmutableArray<MethodKind> kinds) => new()
    {
        Mobile = Model.Managed.None<PhoneNumber>(),
        AlternateMobile = Model.Managed.None<PhoneNumber>(),
        Office = Model.Managed.None<PhoneNumber>(),
        Removals = [.. kinds.Order().Select(Removal.AllOf)],
        Clearing = clearing,
    };

    private static DesiredChange Removed(PhoneType slot, CurrentMethods now)
    {
        DesiredMethods gone = MobileRemoval.OfUser(new DesiredMethods().With(slot, Model.Managed.None<PhoneNumber>()), now, out Diagnostic? note);
        if (note is null) return Valid(gone, []);
        return note.Severity == Severity.Error ? new DesiredChange.Invalid([note]) : Valid(gone, [note]);
    }
}
