namespace ProvisioningConnector.Sandbox.Model;

/// <summary>A number in a slot, as the service keeps it.</summary>
/// <param name="Number">As it is given back.</param>
/// <param name="SmsSignIn">Whether the number is registered for SMS sign-in, and if not, why.</param>
/// <param name="Created">Null where the service does not know (docs/graph.md#behaviour-of-reads).</param>
public sealed record StoredPhone(string Number, SmsSignInState SmsSignIn = SmsSignInState.NotSupported, DateTimeOffset? Created = null);

/// <summary><c>authenticationMethodSignInState</c> (docs/graph.md#collections-and-kinds).</summary>
public enum SmsSignInState
{
    NotSupported,
    NotAllowedByPolicy,
    NotEnabled,
    PhoneNumberNotUnique,
    Ready,
    NotConfigured,
}

/// <summary>Names of <see cref="SmsSignInState"/> in Graph's JSON.</summary>
internal static class SmsSignInStates
{
    public static string WireName(this SmsSignInState state) => state switch
    {
        SmsSignInState.NotSupported => "notSupported",
        SmsSignInState.NotAllowedByPolicy => "notAllowedByPolicy",
        SmsSignInState.NotEnabled => "notEnabled",
        SmsSignInState.PhoneNumberNotUnique => "phoneNumberNotUnique",
        SmsSignInState.Ready => "ready",
        SmsSignInState.NotConfigured => "notConfigured",
    };
}
