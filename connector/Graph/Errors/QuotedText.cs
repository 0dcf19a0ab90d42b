using System.Text.RegularExpressions;

namespace ProvisioningConnector.Graph;

/// <summary>
/// What we repeat of a text that the service wrote: one line, at most 300 characters, without anything that could be a telephone number
/// or an e-mail address.
/// </summary>
internal static partial class QuotedText
{
    private const int Longest = 300;

    public static string Of(string text)
    {
        string line = Address().Replace(Blanks().Replace(text.Length > 4 * Longest ? text[..(4 * Longest)] : text, " ").Trim(), "•••@•••");
        line = Digits().Replace(line, "•••");
        return line.Length <= Longest ? line : line[..Longest] + "…";
    }

    [GeneratedRegex(@"[\s\p{C}]+", RegexOptions.NonBacktracking)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"[^\s""'<>\[\]{}(),;:=]+(@|%40)[^\s""'<>\[\]{}(),;:]+", RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    // Any run of five digits or more, whatever stands between them: numbers are written in many ways.
    [GeneratedRegex(@"\+?\d(?:[\s().\-/x\u00A0\u2010-\u2015]{0,3}\d){4,}", RegexOptions.NonBacktracking)]
    private static partial Regex Digits();
}
