using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Engine.Planning;

/// <summary>
/// The one table of the service's constraints on a user's methods. Every rule of docs/graph.md#phone-constraints and docs/graph.md#default-method-and-deletion
/// that decides whether a state or a write is possible stands here and nowhere else.
/// </summary>
public static class ServiceRules
{
    /// <summary>alternateMobile exists only with mobile (docs/graph.md#phone-constraints).</summary>
    public static bool IsLegal(in PhoneSlots slots) => !(slots.AlternateMobile.IsEmpty is false && slots.Mobile.IsEmpty);

    /// <summary>Whether one number stands in two slots; a text that is not a number equals nothing.</summary>
    public static bool HasOneNumberTwice(in PhoneSlots slots) =>
        Same(slots.Mobile, slots.AlternateMobile) || Same(slots.Mobile, slots.Office) || Same(slots.AlternateMobile, slots.Office);

    /// <summary>Only a mobile number can sign in by SMS (docs/graph.md#phone-constraints, docs/graph.md#sms-sign-in).</summary>
    public const PhoneType SmsSignInSlot = PhoneType.Mobile;

    /// <summary>The phone slot behind a preference, or null when it is not a phone (docs/graph.md#sign-in-preferences).</summary>
    public static PhoneType? SlotOf(PreferredMethod method) => method switch
    {
        PreferredMethod.Sms or PreferredMethod.VoiceMobile => PhoneType.Mobile,
        PreferredMethod.VoiceAlternateMobile => PhoneType.AlternateMobile,
        PreferredMethod.VoiceOffice => PhoneType.Office,
        PreferredMethod.Push or PreferredMethod.Oath => null,
    };

    /// <summary>Whether a kind of method can serve a preference that is not a phone:
    /// Authenticator pushes and shows codes, OATH tokens show codes (docs/graph.md#sign-in-preferences).</summary>
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
