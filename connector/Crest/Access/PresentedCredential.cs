namespace ProvisioningConnector.Crest.Access;

/// <summary>What a caller presents to say who it is (idm-conventions 1.8). Not printed: the text of each names its kind only.</summary>
public abstract record PresentedCredential
{
    private PresentedCredential()
    {
    }

    /// <inheritdoc />
    public sealed override string ToString() => GetType().Name;

    /// <summary>Nothing.</summary>
    public sealed record None : PresentedCredential;

    /// <summary>A name and a password, from <c>X-OpenIDM-Username</c> and <c>X-OpenIDM-Password</c> or from Basic; neither is empty.</summary>
    public sealed record Password(string User, string Secret) : PresentedCredential;

    /// <summary>A token: a key of ours, or a JWT.</summary>
    public sealed record Bearer(string Token) : PresentedCredential;
}
