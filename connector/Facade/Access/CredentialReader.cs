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

    public static Presented Read(IHeaderDictionary headers)
    {
        if (headers.Authorization.Count > 1 || headers[UserName].Count > 1 || headers[UserWord].Count > 1) return new Presented.Unusable();
        CredentialHeaders shown = new((string?)headers[UserName], (string?)headers[UserWord], (string?)headers.Authorization);
        if (!shown.Read().Succeeded(out PresentedCredential? credential, out _)) return new Presented.Unusable();
        return credential switch
        {
            PresentedCredential.None => new Presented.Nothing(),
            PresentedCredential.Bearer bearer => Bearer(bearer.Token),
            PresentedCredential.Password pair => Pair(pair.User, pair.Secret),
            _ => throw new InvalidOperationException($"A credential is of an unknown kind: {credential.GetType().Name}."),
        };
    }

    private static Presented Bearer(string text)
    {
        if (KeyText.Read(text) is { } key) return new Presented.Key(key, null);
        return text.Count(static c => c == '.') == 2 ? new Presented.Token(text) : new Presented.Unusable();
    }

    /// <summary>A key's id and secret, a key's name (or id) and the whole key, or an account.</summary>
    private static Presented Pair(string name, string password)
    {
        if (KeyText.Read(password) is { } whole) return new Presented.Key(whole, name);
        return KeyText.IsId(name) ? new Presented.Key(new KeyText(name, password), null) : new Presented.Account(name, password);
    }
}
