namespace ProvisioningConnector.Sandbox.Model;

/// <summary><c>userDefaultAuthenticationMethodType</c> (docs/graph.md#sign-in-preferences).</summary>
public enum DefaultMethod
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
    public static string WireName(this DefaultMethod method) => method switch
    {
        DefaultMethod.Push => "push",
        DefaultMethod.Oath => "oath",
        DefaultMethod.VoiceMobile => "voiceMobile",
        DefaultMethod.VoiceAlternateMobile => "voiceAlternateMobile",
        DefaultMethod.VoiceOffice => "voiceOffice",
        DefaultMethod.Sms => "sms",
    };

    public static DefaultMethod? FromWireName(string? name) => name switch
    {
        "push" => DefaultMethod.Push,
        "oath" => DefaultMethod.Oath,
        "voiceMobile" => DefaultMethod.VoiceMobile,
        "voiceAlternateMobile" => DefaultMethod.VoiceAlternateMobile,
        "voiceOffice" => DefaultMethod.VoiceOffice,
        "sms" => DefaultMethod.Sms,
        _ => null,
    };

    /// <summary>The id of the method that the default stands for, or null when the user has none of it (mapping: docs/graph.md#sign-in-preferences).</summary>
    public static string? MethodId(this DefaultMethod method, Credentials of) => method switch
    {
        DefaultMethod.Sms or DefaultMethod.VoiceMobile => of.Mobile is null ? null : PhoneSlots.MobileId,
        DefaultMethod.VoiceAlternateMobile => of.AlternateMobile is null ? null : PhoneSlots.AlternateMobileId,
        DefaultMethod.VoiceOffice => of.Office is null ? null : PhoneSlots.OfficeId,
        DefaultMethod.Push => of.First(MethodKind.MicrosoftAuthenticator)?.Id,
        DefaultMethod.Oath => (of.First(MethodKind.SoftwareOath) ?? of.First(MethodKind.HardwareOath)
            ?? of.First(MethodKind.MicrosoftAuthenticator))?.Id,
    };

    public static DefaultMethod For(PhoneSlot slot) => slot switch
    {
        PhoneSlot.Mobile => DefaultMethod.Sms,
        PhoneSlot.AlternateMobile => DefaultMethod.VoiceAlternateMobile,
        PhoneSlot.Office => DefaultMethod.VoiceOffice,
    };
}
