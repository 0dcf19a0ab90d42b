namespace ProvisioningConnector.Sandbox.Model;

/// <summary>A number in a slot, as the service keeps it.</summary>
/// <param name="Number">As it is given back.</param>
/// <param name="SmsSignIn">Whether the number is registered for SMS sign-in, and if not, why.</param>
/// <param name="Created">Null where the service does not know (docs/graph.md#behaviour-of-reads).</param>
public sealed record StoredPhone(string Number, StoredSmsState SmsSignIn = StoredSmsState.NotSupported, DateTimeOffset? Created = null)
{
    /// <summary>When it was last used to sign in, as beta shows it.</summary>
    public DateTimeOffset? LastUsed { get; init; }
}

/// <summary><c>authenticationMethodSignInState</c> (docs/graph.md#collections-and-kinds).</summary>
public enum StoredSmsState
{
    NotSupported,
    NotAllowedByPolicy,
    NotEnabled,
    PhoneNumberNotUnique,
    Ready,
    NotConfigured,
}

/// <summary>Names of <see cref="StoredSmsState"/> in Graph's JSON.</summary>
internal static class StoredSmsStates
{
    public static string WireName(this StoredSmsState state) => state switch
    {
        StoredSmsState.NotSupported => "notSupported",
        StoredSmsState.NotAllowedByPolicy => "notAllowedByPolicy",
        StoredSmsState.NotEnabled => "notEnabled",
        StoredSmsState.PhoneNumberNotUnique => "phoneNumberNotUnique",
        StoredSmsState.Ready => "ready",
        StoredSmsState.NotConfigured => "notConfigured",
    };
}
