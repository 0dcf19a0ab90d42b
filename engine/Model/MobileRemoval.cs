using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Engine.Model;

/// <summary>
/// The one rule for a mobile that is named for removal while there is an alternateMobile: the alternate's number becomes the mobile, and the
/// alternateMobile is emptied (docs/design.md#a-removed-mobile). What merely leaves the mobile out, such as a list, is no such thing.
/// </summary>
public static class MobileRemoval
{
    /// <summary>The code of an alternateMobile whose text cannot become the mobile.</summary>
    public const string AlternateUnreadable = "alternateUnreadable";

    /// <summary>Of a row, which knows of the alternateMobile only what it says itself.</summary>
    public static DesiredMethods OfRow(DesiredMethods desired, out Diagnostic? note)
    {
        ArgumentNullException.ThrowIfNull(desired);
        note = null;
        if (desired.Mobile.Kind != ManagedKind.None || !desired.AlternateMobile.TryGet(out PhoneNumber alternate)) return desired;
        note = Moves;
        return desired.With(PhoneType.Mobile, Managed.Value(alternate)).With(PhoneType.AlternateMobile, Managed.None<PhoneNumber>());
    }

    /// <summary>
    /// Of a change of one user, made from what is there: an alternateMobile of which the change says nothing is the user's own. The note is an error
    /// where its text is not a phone number.
    /// </summary>
    public static DesiredMethods OfUser(DesiredMethods desired, CurrentMethods now, out Diagnostic? note)
    {
        ArgumentNullException.ThrowIfNull(desired);
        ArgumentNullException.ThrowIfNull(now);
        bool keeps = desired.Mobile.Kind == ManagedKind.None && !desired.AlternateMobile.IsManaged && !now.AlternateMobile.IsEmpty;
        if (!keeps) return OfRow(desired, out note);
        if (now.AlternateMobile.TryGetNumber(out PhoneNumber alternate))
        {
            return OfRow(desired.With(PhoneType.AlternateMobile, Managed.Value(alternate)), out note);
        }

        note = Diagnostic.Error(AlternateUnreadable,
            "The user's alternateMobile would have to become the mobile, because it exists only beside one, but what stands there is not a phone number. "
            + "Remove alternateMobile first, or set a mobile.");
        return desired;
    }

    private static Diagnostic Moves { get; } = Diagnostic.Info("alternateBecomesMobile",
        "Microsoft Entra ID allows an alternateMobile only beside a mobile: the alternate's number becomes the mobile, and the alternateMobile is emptied.");
}
