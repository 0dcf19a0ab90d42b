namespace ProvisioningConnector.Sandbox.Model;

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
