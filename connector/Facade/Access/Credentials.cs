namespace ProvisioningConnector.Facade.Access;

/// <summary>What a request shows to say who calls; nothing of it is checked yet.</summary>
internal abstract record Credentials
{
    private Credentials()
    {
    }

    /// <summary>No credentials at all.</summary>
    public sealed record Nothing : Credentials;

    /// <summary>An API key; <paramref name="Name"/> where the request names it too.</summary>
    public sealed record Key(KeyText Text, string? Name) : Credentials;

    /// <summary>A name and a password.</summary>
    public sealed record Account(string Name, string Password) : Credentials
    {
        public override string ToString() => "Account";
    }

    /// <summary>A JWT.</summary>
    public sealed record Token(string Text) : Credentials
    {
        public override string ToString() => "Token";
    }

    /// <summary>Something that is none of these, or two at once.</summary>
    public sealed record Unusable : Credentials;
}
