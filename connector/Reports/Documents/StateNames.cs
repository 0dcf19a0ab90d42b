using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Reports.Documents;

/// <summary>Names of states in documents that the engine itself does not name.</summary>
public static class StateNames
{
    public const string NotRead = "notRead";
    public const string Unreadable = "unreadable";
    public const string None = "none";

    public static string Describe(DefaultMethod method) => method.Knowledge switch
    {
        DefaultMethodKnowledge.NotRead => NotRead,
        DefaultMethodKnowledge.Unreadable => Unreadable,
        DefaultMethodKnowledge.None => None,
        DefaultMethodKnowledge.Known => method.Method.Name(),
    };

    /// <summary>Null when the text names no state.</summary>
    public static SmsSignInState? SmsSignIn(string? text)
    {
        foreach (SmsSignInState state in Enum.GetValues<SmsSignInState>())
        {
            if (string.Equals(state.Name(), text, StringComparison.Ordinal)) return state;
        }

        return null;
    }

    /// <summary>Null when the text names no default method and no knowledge of it.</summary>
    public static DefaultMethod? Default(string? text)
    {
        if (string.Equals(text, NotRead, StringComparison.Ordinal)) return DefaultMethod.NotRead;
        if (string.Equals(text, Unreadable, StringComparison.Ordinal)) return DefaultMethod.Unreadable;
        if (string.Equals(text, None, StringComparison.Ordinal)) return DefaultMethod.None;
        return text is not null && PreferredMethods.TryParse(text, out PreferredMethod method) ? DefaultMethod.From(method) : null;
    }
}
