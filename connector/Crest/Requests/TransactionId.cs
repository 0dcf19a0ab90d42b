namespace ProvisioningConnector.Crest.Requests;

/// <summary><c>X-ForgeRock-TransactionId</c>: correlates the records of one transaction over several servers
/// (docs/openidm.md#authentication-headers).</summary>
public static class TransactionId
{
    /// <summary>The header.</summary>
    public const string Header = "X-ForgeRock-TransactionId";

    private const int Longest = 255;

    /// <summary>
    /// The identifier: 1 to 255 letters, digits and <c>- _ . / : = @ ~</c>, which no log line or
    /// header can be broken with. Null otherwise: make a new one, never refuse for it.
    /// </summary>
    public static string? Parse(string? header)
    {
        if (header is null || header.Length is 0 or > Longest) return null;
        foreach (char c in header)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.' or '/' or ':' or '=' or '@' or '~')) return null;
        }

        return header;
    }
}
