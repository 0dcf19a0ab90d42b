using System.Collections.Immutable;

namespace ProvisioningConnector.Engine.Planning;

/// <summary>A part that is wanted otherwise than it is, but a rule forbids to touch it (docs/design.md#words, docs/design.md#codes-of-holds).</summary>
/// <param name="Part">What is held.</param>
/// <param name="Code">Which rule, machine-readable.</param>
/// <param name="Standing">True for holds by a policy or by protection: they will be there
/// tomorrow too. False for limits and surprises that someone should look at, and where it has been so for too many nights.</param>
/// <param name="Message">What would have happened, why it does not, what to do.</param>
public sealed record HeldPart(Part Part, string Code, bool Standing, string Message)
{
    /// <summary>For how many nights it has been held, where that made it a finding; null otherwise (docs/design.md#held-for-nights).</summary>
    public int? HeldFor { get; init; }

    /// <summary>Whether the same rule holds the same part.</summary>
    internal bool IsSame(HeldPart other) => Part == other.Part && Code == other.Code;
}

/// <summary>The parts held so far while a plan is drafted; the first reason to hold a part stays.</summary>
internal sealed class HeldParts
{
    private readonly ImmutableDictionary<Part, HoldReason> _parts;

    private HeldParts(ImmutableDictionary<Part, HoldReason> parts) => _parts = parts;

    public static HeldParts None { get; } = new(ImmutableDictionary<Part, HoldReason>.Empty);

    public int Count => _parts.Count;

    public bool Has(Part part) => _parts.ContainsKey(part);

    public HoldReason? Reason(Part part) => _parts.GetValueOrDefault(part);

    public bool HasReason(HoldReason reason) => _parts.ContainsValue(reason);

    public HeldParts With(Part part, HoldReason reason) => _parts.ContainsKey(part) ? this : new(_parts.Add(part, reason));

    public ImmutableArray<HeldPart> InOrder() => [.. _parts.OrderBy(p => p.Key).Select(p => p.Value.On(p.Key))];
}

/// <summary>The closed list of codes in <c>held[]</c>.</summary>
public static class HoldCodes
{
    public const string Overwrite = "overwrite";
    public const string AddPhone = "addPhone";
    public const string SameNumberInTwoSlots = "sameNumberInTwoSlots";
    public const string PhonesRetired = "phonesRetired";
    public const string LastMethod = "lastMethod";
    public const string DefaultMethod = "defaultMethod";
    public const string DefaultUnknown = "defaultUnknown";
    public const string Guest = "guest";
    public const string Disabled = "disabled";
    public const string Drift = "drift";

    /// <summary>Microsoft's SMS and voice have ended for the user. Also the code of the warning.</summary>
    public const string RetiringMethod = "retiringMethod";
    public const string Protected = "protected";

    /// <summary>An entry of <c>Protected</c> names no user of the tenant: whom it means may be anybody.</summary>
    public const string ProtectedNotFound = "protectedNobody";

    /// <summary>An entry of <c>Protected</c> could not be looked up.</summary>
    public const string ProtectedNotChecked = "protectedNotChecked";

    public const string ProtectPrivileged = "protectPrivileged";
    public const string SharedNumber = "sharedNumber";
    public const string ReadErrors = "readErrors";
    public const string IdentityChanged = "identityChanged";

    /// <summary>Second opinion: a number in a range that its country does not use.</summary>
    public const string NumberNotAssigned = "numberNotAssigned";

    /// <summary>Second opinion: a fixed line as the mobile.</summary>
    public const string MobileIsFixedLine = "mobileIsFixedLine";

    /// <summary>Second opinion: a toll-free, shared-cost or company number, a pager or a voicemail box.</summary>
    public const string NumberNotPersonal = "numberNotPersonal";

    /// <summary>Second opinion: a premium-rate number.</summary>
    public const string NumberPremium = "numberPremium";

    /// <summary>Undo: the tenant no longer holds what the run wrote.</summary>
    public const string NewerChange = "newerChange";

    /// <summary>Undo: it cannot be brought back.</summary>
    public const string NotRestorable = "notRestorable";

    /// <summary>Undo: the source says something else today.</summary>
    public const string SourceChanged = "sourceChanged";

    /// <summary>Undo: longer ago than <c>UndoMaxAge</c>.</summary>
    public const string TooOld = "tooOld";

    /// <summary>Whether the user has methods of the kind cannot be read, so nothing of it is changed.</summary>
    public const string NotOffered = "notOffered";

    /// <summary>Incremental runs: the user failed and is tried again later (docs/safety.md#retries-across-runs).</summary>
    public const string WaitsForRetry = "waitsForRetry";

    /// <summary>Another user signs in by SMS with the number and keeps it (docs/design.md#numbers-that-move-between-users).</summary>
    public const string NumberNotFree = "numberNotFree";

    /// <summary>Migration: before the person's retirement date and the days after it, or no date is announced.</summary>
    public const string NotYet = "notYet";

    /// <summary>Migration: something that decides could not be read, or is not set.</summary>
    public const string FactUnknown = "factUnknown";

    /// <summary>Migration: the group of invited people confers more than the invitation, or may.</summary>
    public const string InviteGroupUnfit = "inviteGroupUnfit";

    /// <summary>Migration: the configuration leaves the person aside, or they are on leave.</summary>
    public const string LeftAside = "leftAside";

    /// <summary>Migration: disabled, or never signed in.</summary>
    public const string AccountUnused = "accountUnused";

    /// <summary>Migration: no other method that counts was used of late.</summary>
    public const string MethodUnused = "methodUnused";

    /// <summary>Migration: the method that replaces the phone is too new.</summary>
    public const string MethodTooNew = "methodTooNew";

    /// <summary>Migration: on-premises MFA takes push, OATH and calls, and the person uses neither push nor OATH.</summary>
    public const string OnPremisesMethod = "onPremisesMethod";

    /// <summary>Migration: password reset would not work without the phone.</summary>
    public const string ResetMethod = "resetMethod";

    /// <summary>Migration: the tenant's own telephony provider serves the person.</summary>
    public const string ProviderCovers = "providerCovers";

    /// <summary>Migration: a pass or a new password was given just now.</summary>
    public const string RecentReset = "recentReset";

    /// <summary>Migration: the person signs in by SMS with the number.</summary>
    public const string SignsInBySms = "signsInBySms";

    public const string MaxDeletes = "maxDeletes";
    public const string MaxUpdates = "maxUpdates";
    public const string MaxAdds = "maxAdds";
    public const string MaxLastPhone = "maxLastPhone";
}
