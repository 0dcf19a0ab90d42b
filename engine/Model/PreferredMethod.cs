using ProvisioningConnector.Engine.Model.Text;

namespace ProvisioningConnector.Engine.Model;

/// <summary>
/// A user's default method for the second factor, strongest first: the order of docs/design.md#policies (<c>DefaultMethod: Switch</c>).
/// Values of beta <c>signInPreferences</c> (docs/graph.md#sign-in-preferences).
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

/// <summary>How much is known of a user's default method.</summary>
public enum DefaultMethodKnowledge : byte
{
    /// <summary>No one asked: no policy needed it so far.</summary>
    NotRead,

    /// <summary>Asked, and the tenant would not say (403, 404, no beta) or said something unknown.</summary>
    Unreadable,

    /// <summary>The user has no default.</summary>
    None,

    /// <summary>The default is <see cref="DefaultMethod.Method"/>.</summary>
    Known,
}

/// <summary>A user's default method as far as it was read (beta <c>signInPreferences</c>, docs/graph.md#sign-in-preferences).</summary>
public readonly record struct DefaultMethod
{
    private DefaultMethod(DefaultMethodKnowledge knowledge, PreferredMethod method) => (Knowledge, Method) = (knowledge, method);

    public DefaultMethodKnowledge Knowledge { get; }

    /// <summary>Meaningful only when <see cref="Knowledge"/> is <see cref="DefaultMethodKnowledge.Known"/>.</summary>
    public PreferredMethod Method { get; }

    public static DefaultMethod NotRead => default;

    public static DefaultMethod Unreadable => new(DefaultMethodKnowledge.Unreadable, default);

    public static DefaultMethod None => new(DefaultMethodKnowledge.None, default);

    public static DefaultMethod From(PreferredMethod method) => new(DefaultMethodKnowledge.Known, method);

    public bool Is(PreferredMethod method) => Knowledge == DefaultMethodKnowledge.Known && Method == method;
}
