using System.Text;
using Microsoft.Extensions.Primitives;

namespace ProvisioningConnector.Host.Facade.Access;

/// <summary>
/// Reads what a request shows: <c>Authorization: Bearer</c> (a key or a JWT), <c>Basic</c>, or <c>X-OpenIDM-Username</c> with
/// <c>X-OpenIDM-Password</c>, whose values may be RFC 5987 texts (idm-conventions 1.8). As in OpenIDM those two count before <c>Authorization</c>; a header sent twice is refused.
/// </summary>
internal static class CredentialHeaders
{
    public const string UserName = "X-OpenIDM-Username";
    public const string UserWord = "X-OpenIDM-Password";

    public static Presented Read(IHeaderDictionary headers)
    {
        StringValues authorization = headers.Authorization;
        StringValues name = headers[UserName];
        StringValues word = headers[UserWord];
        bool openIdm = name.Count > 0 || word.Count > 0;
        if (authorization.Count == 0 && !openIdm) return new Presented.Nothing();
        if (authorization.Count > 1 || name.Count > 1 || word.Count > 1) return new Presented.Unusable();
        if (openIdm) return Rfc5987.Read(name.ToString()) is { } user && Rfc5987.Read(word.ToString()) is { } password ? Pair(user, password) : new Presented.Unusable();
        string[] parts = authorization.ToString().Split(' ', 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 2) return new Presented.Unusable();
        if (parts[0].Equals("Bearer", StringComparison.OrdinalIgnoreCase)) return Bearer(parts[1]);
        return parts[0].Equals("Basic", StringComparison.OrdinalIgnoreCase) ? Basic(parts[1]) : new Presented.Unusable();
    }

    private static Presented Bearer(string text)
    {
        if (KeyText.Read(text) is { } key) return new Presented.Key(key, null);
        return text.Count(static c => c == '.') == 2 ? new Presented.Token(text) : new Presented.Unusable();
    }

    private static Presented Basic(string text)
    {
        byte[] bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out int length)) return new Presented.Unusable();
        string[] parts = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
        return parts.Length == 2 ? Pair(parts[0], parts[1]) : new Presented.Unusable();
    }

    /// <summary>A key's id and secret, a key's name (or id) and the whole key, or an account.</summary>
    private static Presented Pair(string name, string password)
    {
        if (name.Length == 0 || password.Length == 0) return new Presented.Unusable();
        if (KeyText.Read(password) is { } whole) return new Presented.Key(whole, name);
        return KeyText.IsId(name) ? new Presented.Key(new KeyText(name, password), null) : new Presented.Account(name, password);
    }
}
