using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs.Retiring;

/// <summary>
/// Whose phones Microsoft's SMS and voice serve no longer, on one day (docs/safety.md#retiring-methods). Holding takes certainty, so where the later date
/// may be a person's it is: accounts from outside and all administrators have it. Whether a provider covers a person counts the same way.
/// </summary>
/// <param name="Policy">What becomes of such phones.</param>
/// <param name="Dates">When SMS and voice end.</param>
/// <param name="Today">The day, in UTC.</param>
/// <param name="Texted">Whom the tenant's own provider texts; null: it could not be read, so it may be anybody.</param>
/// <param name="Called">Whom it calls; null: it could not be read, so it may be anybody.</param>
/// <param name="Administrators">Who holds a directory role; null: it could not be read, so it may be anybody.</param>
public sealed record RetiringPhones(
    RetiringPolicy Policy, RetirementDates Dates, DateOnly Today, ImmutableHashSet<string>? Texted, ImmutableHashSet<string>? Called,
    ImmutableHashSet<string>? Administrators)
{
    private const string External = "#EXT#";

    private static readonly PhoneType[] Slots = [PhoneType.Mobile, PhoneType.AlternateMobile, PhoneType.Office];

    /// <summary>The day from which Microsoft's SMS and voice serve the user no longer.</summary>
    public DateOnly EndFor(DirectoryUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        bool external = user.PrincipalName?.Contains(External, StringComparison.OrdinalIgnoreCase) == true;
        return external || MayBeIn(Administrators, user) ? Dates.GlobalAdministratorsAndExternals : Dates.Members;
    }

    /// <summary>Whether the tenant's own provider serves this phone of the user. Only a mobile takes SMS; the other slots take calls.</summary>
    public bool IsCovered(DirectoryUser user, PhoneType slot)
    {
        ArgumentNullException.ThrowIfNull(user);
        return MayBeIn(Called, user) || (slot == PhoneType.Mobile && MayBeIn(Texted, user));
    }

    /// <summary>Adds what must not be written for the user today.</summary>
    public Holds With(Holds holds, DirectoryUser user)
    {
        ArgumentNullException.ThrowIfNull(holds);
        DateOnly end = EndFor(user);
        if (Policy != RetiringPolicy.Hold || Today < end) return holds;
        HoldReason reason = new(HoldCodes.RetiringMethod, true,
            $"Microsoft's SMS and voice ended for the user on {RetiringTerms.Words(end)}, so the phone would serve for nothing, and RetiringMethod is Hold. "
            + "Take the phone out of the source, or set RetiringMethod to Warn.");
        return holds with { Slots = holds.Slots.SetItems(Slots.Where(slot => !IsCovered(user, slot)).Select(slot => KeyValuePair.Create(slot, reason))) };
    }

    /// <summary>Whether a plan writes a phone that must not be written for the user today.</summary>
    public bool IsHeld(UserPlan plan, DirectoryUser user)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return Policy == RetiringPolicy.Hold && Today >= EndFor(user)
            && plan.Operations.Any(operation => operation.Writes is { } slot && !IsCovered(user, slot));
    }

    /// <summary>Adds the warning for phones that are written and end soon, or have ended, and for SMS sign-in, which ends with a provider too.</summary>
    public UserPlan Note(UserPlan plan, DirectoryUser user)
    {
        ArgumentNullException.ThrowIfNull(plan);
        DateOnly end = EndFor(user);
        if (Policy == RetiringPolicy.Off || Today < end.AddDays(-RetiringTerms.NoticeDays)) return plan;
        bool phone = plan.Operations.Any(operation => operation.Writes is { } slot && !IsCovered(user, slot));
        bool signIn = plan.Operations.Any(static operation => operation is Operation.SwitchSmsSignIn { On: true });
        if (!phone && !signIn) return plan;
        string ends = Today < end ? $"end for the user on {RetiringTerms.Words(end)}" : $"ended for the user on {RetiringTerms.Words(end)}";
        string what = (phone, signIn) switch
        {
            (true, true) => "a phone and SMS sign-in are set all the same",
            (false, true) => "SMS sign-in is set all the same, and ends with a telephony provider of the tenant's own too",
            _ => "a phone is written all the same",
        };
        string then = Policy == RetiringPolicy.Hold && phone ? " From that day on it is held." : string.Empty;
        return plan with
        {
            Diagnostics = plan.Diagnostics.Add(new Diagnostic(
            HoldCodes.RetiringMethod, Severity.Warning, $"Microsoft's SMS and voice {ends}; {what}.{then}"))
        };
    }

    /// <summary>The same for a whole plan; empty where no one is concerned.</summary>
    public static ImmutableArray<Diagnostic> Summary(long users) => users == 0 ? [] : [new Diagnostic(HoldCodes.RetiringMethod, Severity.Warning,
        $"Microsoft's SMS and voice end soon, or have ended, for {Quantity.Of(users, "user")} whose phones this plan writes. "
        + "'provision readiness' shows who is affected; RetiringMethod Hold keeps such phones back once they serve no longer.")];

    private static bool MayBeIn(ImmutableHashSet<string>? uids, DirectoryUser user) => uids is null || uids.Contains(user.Uid);
}
