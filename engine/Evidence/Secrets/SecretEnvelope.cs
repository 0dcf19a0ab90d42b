using ProvisioningConnector.Engine.Planning;

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
    public static Secret From(string text)
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

/// <summary>
/// Goes beside a change, never inside it: carries a password that someone chose to the one who writes, and what was made on the way back to the
/// one who asked. Nothing keeps it; what is in it is handed out once.
/// </summary>
public sealed class SecretEnvelope
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Part, Secret> _made = [];

    /// <param name="given">The password that someone chose; null when one is to be made.</param>
    public SecretEnvelope(Secret? given = null) => Given = given;

    /// <summary>The password to set; null when one is to be made.</summary>
    public Secret? Given { get; }

    /// <summary>Puts in what was made by an operation, in the place of what that operation made before.</summary>
    public void Put(Operation operation, Secret secret)
    {
        ArgumentNullException.ThrowIfNull(operation);
        lock (_gate) _made[operation.Part] = secret;
    }

    /// <summary>Takes out what an operation made; null when it made nothing, or it was taken already.</summary>
    public Secret? Take(Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        // The deletion that goes before a new pass is of the same part, and made nothing.
        if (!ApprovedOperations.IsOnce(operation)) return null;
        lock (_gate) return _made.Remove(operation.Part, out Secret? secret) ? secret : null;
    }

    /// <summary>Nothing of what is in it.</summary>
    public override string ToString() => "(sealed)";
}
