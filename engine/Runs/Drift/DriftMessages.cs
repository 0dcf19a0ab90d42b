using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs.Drift;

/// <summary>How values are hidden in messages; the same as in reports.</summary>
/// <param name="Number">A number: a canonical text, or what the tenant holds.</param>
/// <param name="Address">An e-mail address.</param>
public sealed record HiddenValues(Func<string, string> Number, Func<string, string> Address)
{
    /// <summary>Numbers without tags, nothing of addresses.</summary>
    public static HiddenValues Plain { get; } = new(static text => CurrentSlot.FromGraph(text).ToString(), static _ => "an address");
}

/// <summary>Words drift: what was verified when, what the tenant holds, what the source wants, what to do.</summary>
internal sealed class DriftMessages(HiddenValues hidden)
{
    /// <summary>The code of the note on a user whose drift is corrected.</summary>
    public const string Corrected = "driftCorrected";

    /// <summary>Why a part is held.</summary>
    public HoldReason Hold(ImmutableArray<DriftedValue> drifted, DesiredMethods desired, CurrentMethods current)
    {
        DriftedValue first = drifted[0];
        string newer = first.AsOf is not null && first.ChangedAt is { } changed ? $", or give the row an asOf later than {Moment(changed)}" : string.Empty;
        return new HoldReason(HoldCodes.Drift, false,
            $"{Describe(drifted, desired, current)} The tenant's value stays. "
            + $"If the tenant is right, correct the row in the source; if the source is right, set Policy:Drift to SourceWins for a run{newer}.");
    }

    /// <summary>The message where the source wins.</summary>
    public Diagnostic Correct(ImmutableArray<DriftedValue> drifted, DesiredMethods desired, CurrentMethods current) =>
        Diagnostic.Info(Corrected, $"{Describe(drifted, desired, current)} It is set back to the source's value, because policy Drift is SourceWins.");

    private string Describe(ImmutableArray<DriftedValue> drifted, DesiredMethods desired, CurrentMethods current) =>
        string.Join(' ', drifted.Select(d => Describe(d, desired, current)));

    private string Describe(DriftedValue drifted, DesiredMethods desired, CurrentMethods current)
    {
        (string name, string now, string wanted) = Values(drifted.Of, desired, current);
        string outside = drifted.ChangedAt is { } changed ? $" The audit log shows a change by someone else at {Moment(changed)}." : string.Empty;
        return drifted.VerifiedAt is { } verified
            ? $"The {name} was changed in the tenant: the tenant holds {now}; the source still wants {wanted}, as the tenant held it when it was last "
                + $"verified at {Moment(verified)}.{outside}"
            : $"The {name} in the tenant is newer than the source: the tenant holds {now}; the source wants {wanted}, and its row was last known to be true at "
                + $"{(drifted.AsOf is { } asOf ? Moment(asOf) : "an unknown time")}.{outside}";
    }

    private (string Name, string Now, string Wanted) Values(ManagedValue value, DesiredMethods desired, CurrentMethods current) => value switch
    {
        ManagedValue.Mobile => ("mobile number", Shown(current.Mobile), Shown(desired.Mobile)),
        ManagedValue.AlternateMobile => ("alternateMobile number", Shown(current.AlternateMobile), Shown(desired.AlternateMobile)),
        ManagedValue.Office => ("office number", Shown(current.Office), Shown(desired.Office)),
        ManagedValue.Email => ("e-mail method",
            current.Email is { } email ? hidden.Address(email.Address) : "none",
            desired.Email.TryGet(out string? address) ? hidden.Address(address) : "none"),
        ManagedValue.SmsSignIn =>
            ("SMS sign-in", current.SmsSignIn == SmsSignInState.Ready && !current.Mobile.IsEmpty ? "on" : "off", desired.SmsSignIn == true ? "on" : "off"),
        ManagedValue.PreferredMethod => ("default method",
            current.Default.Knowledge == DefaultMethodKnowledge.Known ? current.Default.Method.Name() : "none", desired.Preferred?.Name() ?? "any"),
        ManagedValue.Removals or ManagedValue.RemovalsWanted => ("set of methods that the source removes", Left(desired, current), "none of them"),
    };

    private string Shown(CurrentSlot slot) => slot.FullText() is { } text ? hidden.Number(text) : "none";

    private string Shown(Managed<PhoneNumber> wanted) => wanted.TryGet(out PhoneNumber number) ? hidden.Number(number.Canonical()) : "none";

    private static string Left(DesiredMethods desired, CurrentMethods current) =>
        string.Join(", ", current.Others.Where(m => m.Kind.IsRemovable() && Goal.IsCovered(m, desired.Removals))
        .Select(m => m.Kind.Name()).Distinct(StringComparer.Ordinal));

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
