using ProvisioningConnector.Engine.Model.Text;

namespace ProvisioningConnector.Engine.Model;

/// <summary>
/// A user's default method for the second factor, strongest first: the order of design 5 (<c>DefaultMethod: Switch</c>).
/// Values of beta <c>signInPreferences</c> (graph-facts 6.1).
/// </summary>
public enum PreferredMethod : byte
{
    Push,
    Oath,
    Sms,
    VoiceMobile,
    VoiceAlternateMobile,
    VoiceOffice,
}

/// <summary>Names of <see cref="PreferredMethod"/> as the service and our documents spell them.</summary>
public static class PreferredMethods
{
    public static string Name(this PreferredMethod method) => method switch
    {
        PreferredMethod.Push => "push",
        PreferredMethod.Oath => "oath",
        PreferredMethod.Sms => "sms",
        PreferredMethod.VoiceMobile => "voiceMobile",
        PreferredMethod.VoiceAlternateMobile => "voiceAlternateMobile",
        PreferredMethod.VoiceOffice => "voiceOffice",
    };

    public static bool TryParse(ReadOnlySpan<char> text, out PreferredMethod method)
    {
        for (method = PreferredMethod.Push; method <= PreferredMethod.VoiceOffice; method++)
        {
            if (LooseNames.Same(text, method.Name()))
            {
                return true;
            }
        }

        method = default;
        return false;
    }
}
