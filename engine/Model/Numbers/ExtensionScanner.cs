namespace ProvisioningConnector.Engine.Model.Numbers;

/// <summary>
/// Reads what follows the last digit of a number: <c>x123</c>, <c>×123</c>, <c>#123</c>, <c>ext 123</c>,
/// <c>ext. 123</c>, <c>, ext. 123</c> and the parameter <c>;ext=123</c> of RFC 3966.
/// </summary>
internal static class ExtensionScanner
{
    /// <summary>True when all of the text is an extension; else, where the text began like one, what is wrong with it.</summary>
    public static bool TryScan(ReadOnlySpan<char> text, out PackedDigits extension, out PhoneRefusalCode? problem)
    {
        extension = default;
        problem = null;
        bool parameter = text[0] is ';';
        if (!TrySkipMarker(ref text))
        {
            if (parameter) problem = PhoneRefusalCode.UnsupportedParameter;
            return false;
        }

        Span<char> digits = stackalloc char[PhoneNumber.MaxExtensionDigits];
        int count = 0;
        for (; !text.IsEmpty; text = text[1..])
        {
            char c = PhoneCharacters.Narrow(text[0]);
            if (PhoneCharacters.IsInvisible(c)) continue;
            if (!char.IsAsciiDigit(c) || count == digits.Length) break;
            digits[count++] = c;
        }

        text = PhoneCharacters.Trim(text);
        if (count == 0 || !text.IsEmpty)
        {
            problem = count > 0 && text[0] is ';' ? PhoneRefusalCode.UnsupportedParameter : PhoneRefusalCode.BadExtension;
            return false;
        }

        extension = PackedDigits.Pack(digits[..count]);
        return true;
    }

    /// <summary>Whether a ';' here is followed by <c>ext=</c> and so belongs to the number before it.</summary>
    public static bool IsExtensionParameter(ReadOnlySpan<char> afterSemicolon) =>
        PhoneCharacters.Trim(afterSemicolon).StartsWith("ext=", StringComparison.OrdinalIgnoreCase);

    private static bool TrySkipMarker(ref ReadOnlySpan<char> text)
    {
        if (text[0] is ';')
        {
            if (!IsExtensionParameter(text[1..])) return false;
            text = PhoneCharacters.Trim(text[1..])["ext=".Length..];
            return true;
        }

        // "+1 206 555 0100, ext. 5" is how letters write it; a comma before anything else is refused by the caller.
        ReadOnlySpan<char> rest = text[0] is ',' ? PhoneCharacters.Trim(text[1..]) : text;
        if (rest.IsEmpty || !TrySkipWord(ref rest)) return false;
        if (rest is ['.' or ':' or '=', ..]) rest = rest[1..];
        text = PhoneCharacters.Trim(rest);
        return true;
    }

    private static bool TrySkipWord(ref ReadOnlySpan<char> text)
    {
        if (PhoneCharacters.IsCross(text[0]) || text[0] is '#')
        {
            text = text[1..];
            return true;
        }

        ReadOnlySpan<string> words = ["extension", "extn", "ext"];
        foreach (string word in words)
        {
            if (!text.StartsWith(word, StringComparison.OrdinalIgnoreCase)) continue;
            text = text[word.Length..];
            return true;
        }

        return false;
    }
}
