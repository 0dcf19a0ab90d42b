namespace ProvisioningConnector.Crest.Errors;

/// <summary>
/// Repeats a word of the request in a message only when it can be nothing but a name: short, of letters and the signs that names
/// have, with fewer than five digits. Anything else could be a phone number, a token or a password in the wrong place.
/// </summary>
public static class SafeQuote
{
    private const int Longest = 64;

    /// <summary>The word in apostrophes, or <paramref name="otherwise"/> when it is not safe to repeat.</summary>
    public static string Quote(ReadOnlySpan<char> word, string otherwise) => IsName(word) ? $"'{word}'" : otherwise;

    /// <summary>The word as it is, or <paramref name="otherwise"/> when it is not safe to repeat.</summary>
    public static string Bare(ReadOnlySpan<char> word, string otherwise) => IsName(word) ? word.ToString() : otherwise;

    private static bool IsName(ReadOnlySpan<char> word)
    {
        if (word.IsEmpty || word.Length > Longest) return false;
        int digits = 0;
        foreach (char c in word)
        {
            if (char.IsAsciiDigit(c)) digits++;
            else if (!char.IsAsciiLetter(c) && c is not ('_' or '-' or '/' or '.' or '*' or '~' or '!' or '@')) return false;
        }

        return digits < 5;
    }
}
