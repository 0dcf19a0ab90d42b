using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Engine.Planning;

/// <summary>The wording of holds by policy. All of them stand: they will be there in the next run too.</summary>
internal static class PolicyHolds
{
    public static HoldReason Overwrite { get; } = Hold(HoldCodes.Overwrite,
        "The user already has a value here, and policy Overwrite is WhenEmpty: existing values are neither changed nor removed.");

    public static HoldReason SameNumberInTwoSlots { get; } = Hold(HoldCodes.SameNumberInTwoSlots,
        "No order of writes leads there without one number standing in two slots, or the user being left without a method, "
        + "and policy SameNumberInTwoSlots is Avoid. "
        + "Set it to Allow if your tenant accepts one number in two slots, or give the user another method first.");

    public static HoldReason LastMethod { get; } = Hold(HoldCodes.LastMethod,
        "Of what can be read, the user would be left without any usable sign-in method, and policy LastMethod is Refuse. "
        + "Give the user another method first, or set LastMethod to Allow.");

    public static HoldReason Replacement { get; } = Hold(HoldCodes.LastMethod,
        "Of what can be read, the user would be left without any usable sign-in method, because what was to take its place is held (see the other held parts). "
        + "Nothing that signs the user in is removed until that is settled.");

    public static HoldReason DefaultUnknown { get; } = Hold(HoldCodes.DefaultUnknown,
        "The user's default method might be deleted, and it could not be read; policy DefaultMethod is Switch, so nothing is deleted blindly. "
        + "Grant the application UserAuthenticationMethod.ReadWrite.All so that sign-in preferences can be read, or set DefaultMethod to Leave.");

    public static HoldReason Guest { get; } = Hold(HoldCodes.Guest, "The user is a guest, and policy Guests is Hold.");

    public static HoldReason Disabled { get; } = Hold(HoldCodes.Disabled, "The account is disabled, and policy Disabled is Hold.");

    public static HoldReason PhonesRetired { get; } = Hold(HoldCodes.PhonesRetired,
        "The source wants a phone that the user does not have, and policy Phones is Retired: phones are no longer put on users. "
        + "Take it out of the source, or set Phones to Manage.");

    public static HoldReason AddPhone(AddPhonePolicy policy) => Hold(HoldCodes.AddPhone, policy switch
    {
        AddPhonePolicy.NoMethod => "The user already has a sign-in method, and policy AddPhone is NoMethod: phones go only to users without any.",
        AddPhonePolicy.NoStronger => "The user has a method stronger than a phone, and policy AddPhone is NoStronger: a phone would weaken the account.",
        AddPhonePolicy.Always => "Phones may be added.",
    });

    public static HoldReason DefaultMethod(PreferredMethod method, bool switches) => Hold(HoldCodes.DefaultMethod, switches
        ? $"The user's default method ('{method.Name()}') would be deleted, and the user would have nothing that can become the default instead. Add another "
            + $"method first."
        : $"The user's default method ('{method.Name()}') would be deleted; Microsoft Entra ID refuses that while other methods exist, and policy "
            + $"DefaultMethod is Leave. "
            + "Let the user choose another default, or set DefaultMethod to Switch.");

    private static HoldReason Hold(string code, string message) => new(code, Standing: true, message);
}
