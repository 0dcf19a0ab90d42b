using System.Text;
using ProvisioningConnector.Crest.Errors;

namespace ProvisioningConnector.Crest.Access;

/// <summary>What a caller presents to say who it is (docs/openidm.md#authentication-headers). Not printed: the text of each names its kind only.</summary>
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

/// <summary>The one answer to everybody who is not let in, whatever the reason (docs/openidm.md#authentication-headers).</summary>
public static class AccessDenied
{
    /// <summary><c>{"code":401,"reason":"Unauthorized","message":"Access Denied"}</c>.</summary>
    public static CrestError Error { get; } = new(CrestStatus.Unauthorized, "Access Denied");
}

/// <summary>The headers that say who a caller is; null when not sent, several lines joined by commas.</summary>
/// <param name="Username"><c>X-OpenIDM-Username</c>, plain or RFC 5987.</param>
/// <param name="Password"><c>X-OpenIDM-Password</c>, plain or RFC 5987.</param>
/// <param name="Authorization"><c>Authorization</c>: Basic (UTF-8) or Bearer.</param>
public sealed record CredentialHeaders(string? Username, string? Password, string? Authorization)
{
    private const int Longest = 16_384;

    /// <summary>Not printed.</summary>
    public override string ToString() => nameof(CredentialHeaders);

    /// <summary>
    /// The credential, or the 401 that says nothing about it. As in OpenIDM the two
    /// <c>X-OpenIDM-</c> headers count before <c>Authorization</c>; one of them alone, or
    /// one that cannot be decoded, is a 401, not nothing.
    /// </summary>
    public Parsed<PresentedCredential> Read()
    {
        if (Username is not null || Password is not null)
        {
            return Rfc5987.Decode(Username, Longest) is { } user && Rfc5987.Decode(Password, Longest) is { } secret && IsUser(user) && secret.Length > 0
                ? new PresentedCredential.Password(user, secret)
                : AccessDenied.Error;
        }

        if (Authorization is null) return new PresentedCredential.None();
        if (Authorization.Length > Longest) return AccessDenied.Error;
        ReadOnlySpan<char> header = Authorization.AsSpan().Trim();
        int blank = header.IndexOf(' ');
        if (blank < 0) return AccessDenied.Error;
        ReadOnlySpan<char> value = header[(blank + 1)..].TrimStart();
        if (header[..blank].Equals("Bearer", StringComparison.OrdinalIgnoreCase)) return IsToken(value)
            ? new PresentedCredential.Bearer(value.ToString()) : AccessDenied.Error;
        return header[..blank].Equals("Basic", StringComparison.OrdinalIgnoreCase) && Basic(value) is { } basic ? basic : AccessDenied.Error;
    }

    private static PresentedCredential.Password? Basic(ReadOnlySpan<char> value)
    {
        byte[] bytes = new byte[value.Length];
        if (!Convert.TryFromBase64Chars(value, bytes, out int length) || !System.Text.Unicode.Utf8.IsValid(bytes.AsSpan(0, length))) return null;
        string pair = Encoding.UTF8.GetString(bytes, 0, length);
        int colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && colon < pair.Length - 1 && IsUser(pair.AsSpan(0, colon))
            ? new PresentedCredential.Password(pair[..colon], pair[(colon + 1)..]) : null;
    }

    private static bool IsUser(ReadOnlySpan<char> name)
    {
        foreach (char c in name)
        {
            if (char.IsControl(c)) return false;
        }

        return !name.IsEmpty;
    }

    private static bool IsToken(ReadOnlySpan<char> token)
    {
        ReadOnlySpan<char> body = token.TrimEnd('=');
        foreach (char c in body)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.' or '_' or '~' or '+' or '/')) return false;
        }

        return !body.IsEmpty;
    }
}
