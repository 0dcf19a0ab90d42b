namespace ProvisioningConnector.Crest.Parameters;

/// <summary>Judges <c>_mimeType</c>.</summary>
internal static class MimeTypes
{
    /// <summary>
    /// Type and subtype of a header, without parameters. Types that a browser would run are refused: the raw value of a field is someone
    /// else's text, and a page made of it would run with the facade's origin.
    /// </summary>
    public static bool IsValid(string value)
    {
        int slash = value.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == value.Length - 1 || value.Length > 127) return false;
        return IsToken(value.AsSpan(0, slash)) && IsToken(value.AsSpan(slash + 1)) && !IsActive(value);
    }

    private static bool IsActive(string value) =>
        value.Contains("html", StringComparison.OrdinalIgnoreCase) || value.Contains("xml", StringComparison.OrdinalIgnoreCase)
        || value.Contains("script", StringComparison.OrdinalIgnoreCase) || value.Contains("multipart", StringComparison.OrdinalIgnoreCase);

    private static bool IsToken(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !"!#$&-^_.+".Contains(c, StringComparison.Ordinal)) return false;
        }

        return !text.IsEmpty;
    }
}
