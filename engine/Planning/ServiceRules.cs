using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Engine.Planning;

/// <summary>
/// The one table of the service's constraints on a user's methods. Every rule of graph-facts 2.2 and 2.5 that decides
/// whether a state or a write is possible stands here and nowhere else.
/// </summary>
public static class ServiceRules
{
    /// <summary>alternateMobile exists only with mobile (graph-facts 2.2).</summary>
    public static bool IsLegal(in PhoneSlots slots) => !(slots.AlternateMobile.IsEmpty is false && slots.Mobile.IsEmpty);

    /// <summary>
    /// Whether the service takes a write of a phone in this state (graph-facts 2.2): an add needs an empty slot, and mobile under an
    /// alternateMobile; an update and a delete need an occupied one; mobile stays while there is an alternateMobile.
    /// </summary>
    public static bool Accepts(Operation write, in PhoneSlots state) => write switch
    {
        Operation.AddPhone add => state[add.Slot].IsEmpty && (add.Slot != PhoneType.AlternateMobile || !state.Mobile.IsEmpty),
        Operation.UpdatePhone update => !state[update.Slot].IsEmpty,
        Operation.DeletePhone delete => !state[delete.Slot].IsEmpty && (delete.Slot != PhoneType.Mobile || state.AlternateMobile.IsEmpty),
        _ => false,
    };

    /// <summary>Whether one number stands in two slots; a text that is not a number equals nothing.</summary>
    public static bool HasOneNumberTwice(in PhoneSlots slots) =>
        Same(slots.Mobile, slots.AlternateMobile) || Same(slots.Mobile, slots.Office) || Same(slots.AlternateMobile, slots.Office);

    /// <summary>Only a mobile number can sign in by SMS (graph-facts 2.2, 2.6).</summary>
    public const PhoneType SmsSignInSlot = PhoneType.Mobile;

    /// <summary>The phone slot behind a preference, or null when it is not a phone (graph-facts 6.1).</summary>
    public static PhoneType? SlotOf(PreferredMethod method) => method switch
    {
        PreferredMethod.Sms or PreferredMethod.VoiceMobile => PhoneType.Mobile,
        PreferredMethod.VoiceAlternateMobile => PhoneType.AlternateMobile,
        PreferredMethod.VoiceOffice => PhoneType.Office,
        PreferredMethod.Push or PreferredMethod.Oath => null,
    };

    /// <summary>Whether a kind of method can serve a preference that is not a phone: Authenticator pushes and shows codes, OATH tokens show codes (graph-facts 6.1).</summary>
    public static bool Serves(MethodKind kind, PreferredMethod method) => method switch
    {
        PreferredMethod.Push => kind == MethodKind.MicrosoftAuthenticator,
        PreferredMethod.Oath => kind is MethodKind.SoftwareOath or MethodKind.HardwareOath or MethodKind.MicrosoftAuthenticator,
        PreferredMethod.Sms or PreferredMethod.VoiceMobile or PreferredMethod.VoiceAlternateMobile or PreferredMethod.VoiceOffice => false,
    };

    /// <summary>Kinds that are stronger than a phone: every usable kind that is not one (policy <c>AddPhone: NoStronger</c>).</summary>
    public static bool IsStrongerThanPhone(MethodKind kind) => kind.IsUsable();

    private static bool Same(CurrentSlot left, CurrentSlot right) =>
        left.TryGetNumber(out PhoneNumber number) && right.Holds(number);
}
