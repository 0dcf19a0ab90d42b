namespace ProvisioningConnector.Engine.Model;

/// <summary>The service's state of SMS sign-in on the mobile number (docs/graph.md#collections-and-kinds).</summary>
public enum SmsSignInState : byte
{
    /// <summary>The service did not say, or said something this version does not know.</summary>
    Unknown,
    NotSupported,
    NotAllowedByPolicy,
    NotEnabled,
    PhoneNumberNotUnique,
    Ready,
    NotConfigured,
}

/// <summary>Names of the states, as the service spells them.</summary>
public static class SmsSignInStates
{
    public static string Name(this SmsSignInState state) => state switch
    {
        SmsSignInState.Unknown => "unknown",
        SmsSignInState.NotSupported => "notSupported",
        SmsSignInState.NotAllowedByPolicy => "notAllowedByPolicy",
        SmsSignInState.NotEnabled => "notEnabled",
        SmsSignInState.PhoneNumberNotUnique => "phoneNumberNotUnique",
        SmsSignInState.Ready => "ready",
        SmsSignInState.NotConfigured => "notConfigured",
    };
}
