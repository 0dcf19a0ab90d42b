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

    /// <summary>An entry of <c>Protected</c> names no user of the tenant: whom it means may be anybody.</summary>
    public const string ProtectedNobody = "protectedNobody";

    /// <summary>An entry of <c>Protected</c> could not be looked up.</summary>
    public const string ProtectedNotChecked = "protectedNotChecked";

    public const string ProtectPrivileged = "protectPrivileged";
    public const string SharedNumber = "sharedNumber";
    public const string ReadErrors = "readErrors";
    public const string IdentityChanged = "identityChanged";
    /// <summary>Undo: the tenant no longer holds what the run wrote.</summary>
    public const string NewerChange = "newerChange";

    /// <summary>Undo: it cannot be brought back.</summary>
    public const string NotRestorable = "notRestorable";

    /// <summary>Undo: the source says something else today.</summary>
    public const string SourceChanged = "sourceChanged";

    /// <summary>Undo: longer ago than <c>UndoMaxAge</c>.</summary>
    public const string TooOld = "tooOld";

    /// <summary>Incremental runs: the user failed and is tried again later (safety-and-pacing B3.8).</summary>
    public const string WaitsForRetry = "waitsForRetry";

    public const string MaxDeletes = "maxDeletes";
    public const string MaxUpdates = "maxUpdates";
    public const string MaxAdds = "maxAdds";
    public const string MaxLastPhone = "maxLastPhone";
}
