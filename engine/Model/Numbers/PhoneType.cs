namespace ProvisioningConnector.Engine.Model.Numbers;

/// <summary>The three places a user has for a phone number; at most one number in each (docs/graph.md#phone-constraints).</summary>
public enum PhoneType
{
    /// <summary>The only one that serves SMS and SMS sign-in.</summary>
    Mobile,

    /// <summary>Voice only; cannot exist without <see cref="Mobile"/>.</summary>
    AlternateMobile,

    /// <summary>Voice only; the only one that may carry an extension (docs/graph.md#number-format).</summary>
    Office,
}

/// <summary>The names of the phone types: many spellings are read, one is written.</summary>
public static class PhoneTypes
{
    private const int LongestSpelling = 24;

    /// <summary>The spelling of Graph and of every document this product writes.</summary>
    public static string Name(PhoneType type) => type switch
    {
        PhoneType.Mobile => "mobile",
        PhoneType.AlternateMobile => "alternateMobile",
        PhoneType.Office => "office",
    };

    /// <summary>
    /// Reads a type in any spelling: case, blanks, '_' and '-' do not count (docs/sources.md#columns); a trailing word "phone" is
    /// allowed (<c>officePhone</c>, <c>mobile phone</c>).
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out PhoneType type)
    {
        Span<char> folded = stackalloc char[LongestSpelling];
        type = default;
        if (!TryFold(text, folded, out int length)) return false;
        switch (folded[..length])
        {
            case "mobile" or "mobilephone":
                type = PhoneType.Mobile;
                return true;
            case "alternatemobile" or "alternatemobilephone":
                type = PhoneType.AlternateMobile;
                return true;
            case "office" or "officephone":
                type = PhoneType.Office;
                return true;
            default:
                return false;
        }
    }

    /// <summary>The right name nearest to a misspelt one, for advice; null when none is near.</summary>
    public static string? Nearest(ReadOnlySpan<char> text)
    {
        Span<char> folded = stackalloc char[LongestSpelling];
        return TryFold(text, folded, out int length) && length > 0 ? NearestPhoneType.Find(folded[..length]) : null;
    }

    private static bool TryFold(ReadOnlySpan<char> text, Span<char> folded, out int length)
    {
        length = 0;
        foreach (char c in text)
        {
            if (char.IsWhiteSpace(c) || c is '_' or '-') continue;
            if (length == folded.Length) return false;
            folded[length++] = char.ToLowerInvariant(c);
        }

        return true;
    }
}
