namespace ProvisioningConnector.Engine.Evidence.Secrets;

/// <summary>
/// A password or a temporary access pass on its way from one who knows it to one who must. It has no property and no text of its own, so that
/// nothing which writes records down can write it down.
/// </summary>
public sealed class Secret
{
    private readonly string _text;

    private Secret(string text) => _text = text;

    /// <exception cref="ArgumentException">It is empty.</exception>
    public static Secret Of(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return new Secret(text);
    }

    /// <summary>The secret itself: for the one request that carries it, and for the one answer to the person who asked.</summary>
    public string Reveal() => _text;

    /// <summary>A text in which the secret is hidden: services may repeat what they were sent.</summary>
    public string HiddenIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Replace(_text, "•••", StringComparison.Ordinal);
    }

    /// <summary>Never the secret.</summary>
    public override string ToString() => "•••";
}
