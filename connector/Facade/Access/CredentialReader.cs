using ProvisioningConnector.Crest.Access;

namespace ProvisioningConnector.Facade.Access;

/// <summary>
/// What a request shows, in terms of our keys and accounts; the headers themselves are read by the CREST grammar (docs/openidm.md#authentication-headers):
/// <c>X-OpenIDM-Username</c> with <c>X-OpenIDM-Password</c>, else <c>Authorization</c>, Basic or Bearer. A header sent twice is refused.
/// </summary>
internal static class CredentialReader
{
    private const string UserName = "X-OpenIDM-Username";
    private const string UserWord = "X-OpenIDM-Password";

    public static Credentials Read(IHeaderDictionary headers)
    {
        if (headers.Authorization.Count > 1 || headers[UserName].Count > 1 || headers[UserWord].Count > 1) return new Credentials.Unusable();
        CredentialHeaders shown = new((string?)headers[UserName], (string?)headers[UserWord], (string?)headers.Authorization);
        if (!shown.Read().Succeeded(out PresentedCredential? credential, out _)) return new Credentials.Unusable();
        return credential switch
        {
            PresentedCredential.None => new Credentials.Nothing(),
            PresentedCredential.Bearer bearer => Bearer(bearer.Token),
            PresentedCredential.Password pair => Pair(pair.User, pair.Secret),
            _ => throw new InvalidOperationException($"A credential is of an unknown kind: {credential.GetType().Name}."),
        };
    }

    private static Credentials Bearer(string text)
    {
        if (KeyText.Read(text) is { } key) return new Credentials.Key(key, null);
        return text.Count(static c => c == '.') == 2 ? new Credentials.Token(text) : new Credentials.Unusable();
    }

    /// <summary>A key's id and secret, a key's name (or id) and the whole key, or an account.</summary>
    private static Credentials Pair(string name, string password)
    {
        if (KeyText.Read(password) is { } whole) return new Credentials.Key(whole, name);
        return KeyText.IsId(name) ? new Credentials.Key(new KeyText(name, password), null) : new Credentials.Account(name, password);
    }
}
