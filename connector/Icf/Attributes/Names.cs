namespace ProvisioningConnector.Icf.Attributes;

/// <summary>Names of the attributes of object class <c>user</c>: the spellings of Ping's connector (docs/openidm.md#authentication-attributes) and
/// ours.</summary>
public static class AttributeNames
{
    public const string Uid = "__UID__";
    public const string Name = "__NAME__";
    public const string Id = "id";
    public const string PrincipalName = "userPrincipalName";
    public const string DisplayName = "displayName";
    public const string Mail = "mail";
    public const string EmployeeId = "employeeId";
    public const string AccountEnabled = "accountEnabled";
    public const string UserType = "userType";
    public const string OnPremisesSyncEnabled = "onPremisesSyncEnabled";
    public const string AuthenticationMethods = "authenticationMethods";
    public const string Phones = "__phoneAuthenticationMethods__";
    public const string Email = "__emailAuthenticationMethod__";
    public const string SmsSignIn = "__smsSignIn__";
    public const string PreferredMethod = "__preferredMethod__";
    public const string Password = "__PASSWORD__";
    public const string RemoveFido2 = "__removeFido2Methods__";
    public const string RemoveMicrosoftAuthenticator = "__removeMicrosoftAuthenticatorMethods__";
    public const string RemoveSoftwareOath = "__removeSoftwareOathMethods__";
    public const string RemoveHardwareOath = "__removeHardwareOathMethods__";
    public const string RemoveWindowsHello = "__removeWindowsHelloMethods__";
    public const string RemovePlatformCredential = "__removePlatformCredentialMethods__";
    public const string RemoveExternal = "__removeExternalMethods__";
    public const string RemoveTemporaryAccessPass = "__removeTemporaryAccessPassMethods__";
    public const string RemoveQrCodePin = "__removeQrCodePinMethods__";
}
