using System.Globalization;
using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Engine.Migration;

/// <summary>
/// The wording of what keeps phones (docs/retirement.md#safety-rules-of-cleanup). What a rule keeps stands; what is not known should be looked at.
/// </summary>
internal static class CleanupHolds
{
    public static HoldReason Excluded { get; } = Rule(HoldCodes.LeftAside, "The person is left aside by Readiness:Exclude.");

    public static HoldReason OnLeave { get; } = Rule(HoldCodes.LeftAside, "The person is on leave (Readiness:OnLeave).");

    public static HoldReason Disabled { get; } = Rule(HoldCodes.AccountUnused,
        "The account is disabled, so no use shows that the person can sign in without a phone.");

    public static HoldReason DisabledAccount { get; } = Rule(HoldCodes.AccountUnused, "The account is disabled, so the person cannot register a method.");

    public static HoldReason NeverSignedIn { get; } = Rule(HoldCodes.AccountUnused, "The person never signed in.");

    public static HoldReason NoDate { get; } = Rule(HoldCodes.NotYet, "No retirement date is announced for this kind of tenant.");

    public static HoldReason ProviderCovers { get; } = Rule(HoldCodes.ProviderCovers,
        "The tenant's own telephony provider texts or calls the person (TelephonyProvider), so the phone still serves.");

    public static HoldReason OnlyDeviceBound { get; } = Rule(HoldCodes.MethodUnused,
        "Only Windows Hello or a platform credential was used of late; both serve on one device only. Have the person register and use a passkey, "
        + "Microsoft Authenticator or OATH.");

    public static HoldReason OnPremisesMethod { get; } = Rule(HoldCodes.OnPremisesMethod,
        "The person signs in, or may sign in, through NPS, RADIUS or AD FS (OnPremisesMfa), which take push, OATH and calls, and used neither push nor OATH "
        + "of late. Have them register and use one; where no one signs in so, set OnPremisesMfa:Groups to an empty list.");

    public static HoldReason ResetMethod { get; } = Rule(HoldCodes.ResetMethod,
        "Without the phone the person cannot reset their password (Sspr). Have them register a method that a reset takes.");

    public static HoldReason SignsInBySms { get; } = Rule(HoldCodes.SignsInBySms,
        "The person signs in by SMS with this number. Run 'migrate default' first: it ends SMS sign-in where another first factor is used.");

    public static HoldReason MethodsUnknown { get; } = Unknown("The person's methods and their use could not be read.",
        "Grant UserAuthenticationMethod.Read.All.");

    public static HoldReason EnabledUnknown { get; } = Unknown("Whether the account is enabled could not be read.", "Grant User.Read.All.");

    public static HoldReason SignInUnknown { get; } = Unknown("When the person last signed in could not be read.",
        "Grant AuditLog.Read.All; the tenant needs Microsoft Entra ID P1 or P2.");

    public static HoldReason PrivilegeUnknown { get; } = Unknown("Directory roles could not be read, so the person's date is not known.",
        "Grant RoleManagement.Read.Directory.");

    public static HoldReason ProviderUnknown { get; } = Unknown("Whether an own telephony provider serves the person is not known.",
        "Set TelephonyProvider:Sms:Groups and TelephonyProvider:Voice:Groups, to an empty list where there is none.");

    public static HoldReason ResetTimeUnknown { get; } = Unknown("When the person's password was last set could not be read.", "Grant User.Read.All.");

    public static HoldReason ResetUnknown { get; } = Unknown("Whether password reset works without the phone is not known.",
        "Set Sspr:MethodsRequired, Sspr:Allowed and Sspr:Writeback, and grant AuditLog.Read.All.");

    public static HoldReason SmsSignInUnknown { get; } = Unknown("Whether the person signs in by SMS with this number could not be read.",
        "Grant UserAuthenticationMethod.Read.All.");

    public static HoldReason NotYet(DateTimeOffset from) => Rule(HoldCodes.NotYet, string.Create(CultureInfo.InvariantCulture,
        $"Phones of this person may be removed from {from.UtcDateTime:yyyy-MM-dd} on (retirement date and Migration:CleanupAfter). ")
        + "Nothing allows it earlier.");

    public static HoldReason RecentReset(MigrationSettings settings) => Rule(HoldCodes.RecentReset, string.Create(CultureInfo.InvariantCulture,
        $"The person got a temporary access pass or a new password within {settings.AfterReset.TotalHours:0.#} hours, so they may just be getting in again."));

    public static HoldReason MethodUnused(MigrationSettings settings) => Rule(HoldCodes.MethodUnused, string.Create(CultureInfo.InvariantCulture,
        $"No method but a phone was used within {settings.UsedWithin.TotalDays:0.#} days. Have the person sign in with the other one."));

    public static HoldReason NoFirstFactor(MigrationSettings settings) => Rule(HoldCodes.MethodUnused, string.Create(CultureInfo.InvariantCulture,
        $"No other first factor was used within {settings.UsedWithin.TotalDays:0.#} days, so SMS sign-in stays on. Have the person sign in with a passkey, ")
        + "Windows Hello or a QR code with PIN.");

    public static HoldReason NoOtherDefault { get; } = Rule(HoldCodes.MethodUnused,
        "The default method is a phone, and the person has neither push nor OATH. Have them register Microsoft Authenticator or OATH.");

    public static HoldReason DefaultUnknown { get; } = Unknown("Which method is the person's default could not be read.",
        "Grant UserAuthenticationMethod.Read.All.");

    /// <summary>A process that cannot look at the person again before a write.</summary>
    public static HoldReason NotChecked { get; } = Unknown("This process cannot read again what the plan rests on.",
        "Apply the plan with 'provision apply'.");

    public static HoldReason TooFewKinds(MigrationSettings settings) => Rule(HoldCodes.MethodUnused, string.Create(CultureInfo.InvariantCulture,
        $"Fewer than {settings.KindsRequired} kinds of method were used within {settings.UsedWithin.TotalDays:0.#} days (Migration:KindsRequired)."));

    public static HoldReason MethodTooNew(MigrationSettings settings) => Rule(HoldCodes.MethodTooNew, string.Create(CultureInfo.InvariantCulture,
        $"No method that serves on several devices and is in use is {settings.PortableFor.TotalDays:0.#} days old yet."));

    private static HoldReason Rule(string code, string message) => new(code, Standing: true, message);

    private static HoldReason Unknown(string what, string todo) => new(HoldCodes.FactUnknown, Standing: false, $"{what} {todo}");
}
