namespace ProvisioningConnector.Sandbox.Model;

/// <summary><c>userDefaultAuthenticationMethodType</c> (docs/graph.md#sign-in-preferences).</summary>
public enum SignInPreference
{
    Push,
    Oath,
    VoiceMobile,
    VoiceAlternateMobile,
    VoiceOffice,
    Sms,
}

internal static class DefaultMethods
{
    public static string WireName(this SignInPreference method) => method switch
    {
        SignInPreference.Push => "push",
        SignInPreference.Oath => "oath",
        SignInPreference.VoiceMobile => "voiceMobile",
        SignInPreference.VoiceAlternateMobile => "voiceAlternateMobile",
        SignInPreference.VoiceOffice => "voiceOffice",
        SignInPreference.Sms => "sms",
    };

    public static SignInPreference? FromWireName(string? name) => name switch
    {
        "push" => SignInPreference.Push,
        "oath" => SignInPreference.Oath,
        "voiceMobile" => SignInPreference.VoiceMobile,
        "voiceAlternateMobile" => SignInPreference.VoiceAlternateMobile,
        "voiceOffice" => SignInPreference.VoiceOffice,
        "sms" => SignInPreference.Sms,
        _ => null,
    };

    /// <summary>The id of the method that the default stands for, or null when the user has none of it (mapping: docs/graph.md#sign-in-preferences).</summary>
    public static string? MethodId(this SignInPreference method, UserCredentials of) => method switch
    {
        SignInPreference.Sms or SignInPreference.VoiceMobile => of.Mobile is null ? null : SlotNames.MobileId,
        SignInPreference.VoiceAlternateMobile => of.AlternateMobile is null ? null : SlotNames.AlternateMobileId,
        SignInPreference.VoiceOffice => of.Office is null ? null : SlotNames.OfficeId,
        SignInPreference.Push => of.First(StoredMethodKind.MicrosoftAuthenticator)?.Id,
        SignInPreference.Oath => (of.First(StoredMethodKind.SoftwareOath) ?? of.First(StoredMethodKind.HardwareOath)
            ?? of.First(StoredMethodKind.MicrosoftAuthenticator))?.Id,
    };

    public static SignInPreference For(PhoneSlot slot) => slot switch
    {
        PhoneSlot.Mobile => SignInPreference.Sms,
        PhoneSlot.AlternateMobile => SignInPreference.VoiceAlternateMobile,
        PhoneSlot.Office => SignInPreference.VoiceOffice,
    };
}
