namespace ProvisioningConnector.Engine.Model;

/// <summary>The service's state of SMS sign-in on the mobile number (graph-facts 1.1, enumerations).</summary>
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
