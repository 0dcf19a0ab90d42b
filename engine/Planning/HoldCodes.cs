namespace ProvisioningConnector.Engine.Planning;

/// <summary>The closed list of codes in <c>held[]</c>.</summary>
public static class HoldCodes
{
    public const string Overwrite = "overwrite";
    public const string AddPhone = "addPhone";
    public const string SameNumberInTwoSlots = "sameNumberInTwoSlots";
    public const string LastMethod = "lastMethod";
    public const string DefaultMethod = "defaultMethod";
    public const string DefaultUnknown = "defaultUnknown";
    public const string Guest = "guest";
    public const string Disabled = "disabled";
    public const string Drift = "drift";
    public const string Protected = "protected";
    public const string ProtectPrivileged = "protectPrivileged";
    public const string SharedNumber = "sharedNumber";
    public const string ReadErrors = "readErrors";
    public const string IdentityChanged = "identityChanged";
    public const string MaxDeletes = "maxDeletes";
    public const string MaxUpdates = "maxUpdates";
    public const string MaxAdds = "maxAdds";
    public const string MaxLastPhone = "maxLastPhone";
}
