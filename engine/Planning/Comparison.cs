using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Engine.Planning;

/// <summary>The quick answer for the many users who are already as they should be. Allocates nothing.</summary>
internal static class Comparison
{
    /// <summary>True when nothing that the source manages differs. An illegal goal is never equal to a legal state, so it needs no check here.</summary>
    public static bool IsEqual(CurrentMethods current, DesiredMethods desired) =>
        Same(desired.Mobile, current.Mobile)
        && Same(desired.AlternateMobile, current.AlternateMobile)
        && Same(desired.Office, current.Office)
        && Same(desired.Email, current.Email)
        && !(desired.Email.IsManaged && current.Unread.HasEmail())
        && desired.Removals.IsEmpty
        && desired.Password is null
        && desired.Pass is null
        && (desired.Membership is null || desired.Membership.Equals(current.Membership))
        && IsSmsSignInAsWanted(current, desired)
        && (desired.Preferred is not { } preferred || current.Default.Is(preferred));

    /// <summary>Whether the user is to have SMS sign-in back though the source does not manage it.</summary>
    public static bool MissesSignIn(PlanRequest request) =>
        request.SignIn != SignInNeed.None && request.Desired.SmsSignIn is null
        && !request.Current.Mobile.IsEmpty && request.Current.SmsSignIn != SmsSignInState.Ready;

    public static bool Same(Managed<PhoneNumber> wanted, CurrentSlot current) => wanted.Kind switch
    {
        ManagedKind.Unmanaged => true,
        ManagedKind.None => current.IsEmpty,
        ManagedKind.Value => wanted.TryGet(out PhoneNumber number) && current.Holds(number),
    };

    public static bool Same(Managed<string> wanted, CurrentEmail? current) => wanted.Kind switch
    {
        ManagedKind.Unmanaged => true,
        ManagedKind.None => current is null,
        ManagedKind.Value => wanted.TryGet(out string? address) && current is not null && current.Holds(address),
    };

    /// <summary>A switch that the service reports as it is wanted. Off without a mobile number is off.</summary>
    public static bool IsSmsSignInAsWanted(CurrentMethods current, DesiredMethods desired) => desired.SmsSignIn switch
    {
        null => true,
        true => !current.Mobile.IsEmpty && current.SmsSignIn == SmsSignInState.Ready,
        false => current.Mobile.IsEmpty || current.SmsSignIn is not (SmsSignInState.Ready or SmsSignInState.Unknown),
    };
}
