using System.Collections.Immutable;
using static ProvisioningConnector.Engine.Model.Codes.CodePlaces;

namespace ProvisioningConnector.Engine.Model.Codes;

/// <summary>Errors and warnings about one user.</summary>
public static class UserCodes
{
    public static ImmutableArray<KnownCode> All { get; } =
    [
        new("alternateBecomesMobile", User, "The alternate mobile becomes the mobile, because it exists only beside one."),
        new("alternateUnreadable", User, "The alternate mobile would become the mobile, but it is not a phone number."),
        new("alternateWithoutMobile", User, "An alternate mobile is wanted without a mobile."),
        new("mobileUnderAlternate", User, "The mobile is to go, but the user keeps an alternate mobile."),
        new("smsSignInWithoutMobile", User, "SMS sign-in is to be on without a mobile number."),
        new("preferredMethodMissing", User, "The default method is to be one that the user would not have."),
        new("duplicateUser", User, "Several rows name this user."),
        new("ambiguousUser", User | Error | Answer, "The name fits several users of the tenant."),
        new("userNotFound", User | Error | Answer, "The tenant has no such user."),
        new("invalidValue", User | Answer, "A value cannot be used."),
        new("smsSignInNotAllowed", User, "SMS sign-in is to be on, but the policy does not allow it for this user."),
        new("smsSignInNotUnique", User, "The number was saved, but SMS sign-in stays off: another user signs in with it."),
        new("smsSignInLost", User, "The user had SMS sign-in and lost it; the next run of a list with this user switches it on again."),
        new("smsSignInReady", User, "Writing the mobile made the service switch SMS sign-in on."),
        new("phoneNumberNotUnique", User, "Another user signs in by SMS with this number, so the service will refuse."),
        new("numberLength", User, "The number has a length that numbers of its country do not have."),
        new("methodNotThere", User, "A method to remove is not there."),
        new("disabledByPolicy", User, "The authentication methods policy does not allow this, so the service will refuse."),
        new("methodsStay", User, "Methods that the action does not remove stay with the user."),
        new("listWantsPhone", User, "Migration: the authoritative list still has phones of a person whose phones are removed."),
        new("defaultMayStay", User, "The default method may have to stay, because other methods are kept."),
        new("driftCorrected", User, "A change made by someone else is set back to what the source says."),
        new("passwordRoute", User, "How the password is set, and what that means."),
        new("passReplaced", User, "The present temporary access pass is deleted and a new one made."),
        new("lifetimeOutsidePolicy", User, "The pass's lifetime is outside the tenant's policy."),
        new("onceOnlyByPolicy", User, "The tenant's policy allows passes for one use only."),
        new("policiesAside", User, "Policies LastMethod and DefaultMethod do not apply to this action."),
        new("onlyWayIn", User, "The mobile is the only method, and the user signs in with it by SMS."),
        new("notVerified", User, "Reads did not show all writes yet."),
        new("interrupted", User | Error, "The process ended before the change did. As an error: a signal stopped the command."),
    ];
}
