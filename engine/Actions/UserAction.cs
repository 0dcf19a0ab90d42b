using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Engine.Actions;

/// <summary>What a person or a platform asks to be done with one user. A closed family; <see cref="ActionDesires"/> says what each one wants.</summary>
public abstract record UserAction
{
    private UserAction()
    {
    }

    /// <summary>A new password.</summary>
    public sealed record ResetPassword(PasswordResetRequest Request) : UserAction;

    /// <summary>A temporary access pass; one that is there is replaced.</summary>
    public sealed record IssuePass(PassRequest Request) : UserAction;

    /// <summary>SMS sign-in of the mobile number.</summary>
    public sealed record SwitchSmsSignIn(bool On) : UserAction;

    /// <summary>The default method.</summary>
    public sealed record Prefer(PreferredMethod Method) : UserAction;

    /// <summary>A number in a slot, whatever is there.</summary>
    public sealed record SetPhone(PhoneType Slot, PhoneNumber Number) : UserAction;

    /// <summary>An empty slot. A mobile under an alternateMobile: the alternate's number becomes the mobile.</summary>
    public sealed record RemovePhone(PhoneType Slot) : UserAction;

    /// <summary>Phones, Authenticator and OATH tokens gone, so that the person registers anew (docs/graph.md#other-methods).</summary>
    /// <param name="Pass">A pass to get in with and register, issued when the rest is gone; null for none.</param>
    public sealed record RequireReregister(PassRequest? Pass) : UserAction;

    /// <summary>Every removable method gone.</summary>
    public sealed record Offboard : UserAction;
}

/// <summary>What there is to know of actions beside what they want.</summary>
public static class UserActions
{
    /// <summary>The name, as verbs and documents spell it.</summary>
    public static string Name(this UserAction action) => action switch
    {
        UserAction.ResetPassword => "reset-password",
        UserAction.IssuePass => "issue-tap",
        UserAction.SwitchSmsSignIn => "sms-sign-in",
        UserAction.Prefer => "preferred-method",
        UserAction.SetPhone => "set-phone",
        UserAction.RemovePhone => "remove-phone",
        UserAction.RequireReregister => "require-reregister",
        UserAction.Offboard => "offboard",
        // UserAction is closed in fact, but the compiler cannot see it.
        _ => throw new ArgumentOutOfRangeException(nameof(action), action.GetType().Name, "An action without a name."),
    };

    /// <summary>Kinds that have to be read for it even where no list of all methods shows them.</summary>
    public static KindSet Also(this UserAction action) => action is UserAction.RequireReregister or UserAction.Offboard ? KindSets.All : KindSet.None;

    /// <summary>Whether the default method has to be read for it (beta).</summary>
    public static bool NeedsDefault(this UserAction action) => action is UserAction.Prefer or UserAction.RequireReregister or UserAction.Offboard;

    /// <summary>Whether it makes, or carries, something that is shown once and never stored.</summary>
    public static bool HasSecret(this UserAction action) =>
        action is UserAction.ResetPassword or UserAction.IssuePass or UserAction.RequireReregister { Pass: not null };
}
