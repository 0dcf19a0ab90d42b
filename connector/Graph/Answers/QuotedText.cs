using System.Text.RegularExpressions;

namespace ProvisioningConnector.Graph.Answers;

/// <summary>
/// What we repeat of a text that the service wrote: one line, at most 300 characters, without anything that could be a telephone number
/// or an e-mail address. Codes, GUIDs, timestamps and ports are needed to look a failure up, and stay.
/// </summary>
public static partial class QuotedText
{
    /// <summary>Length of a reason that ends with the ids to look it up by.</summary>
    public const int Reason = 700;

    private const int Longest = 300;

    /// <summary>The text as it may be repeated.</summary>
    /// <param name="text">As it came.</param>
    /// <param name="longest">Most characters.</param>
    public static string Quote(string text, int longest = Longest)
    {
        ArgumentNullException.ThrowIfNull(text);
        string line = Address().Replace(Blanks().Replace(text.Length > 4 * longest ? text[..(4 * longest)] : text, " ").Trim(), "•••@•••");
        line = Digits().Replace(line, static match => match.Groups["kept"].Success ? match.Value : "•••");
        return line.Length <= longest ? line : line[..longest] + "…";
    }

    [GeneratedRegex(@"[\s\p{C}]+", RegexOptions.NonBacktracking)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"[^\s""'<>\[\]{}(),;:=]+(?:@|%40)[^\s""'<>\[\]{}(),;:]+", RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    // Any run of five digits or more, whatever stands between them: numbers are written in many ways. What stays is of a shape that no number
    // has; a port needs a host before it, whose last label is of letters or which is an address of four parts, and no digits behind it.
    [GeneratedRegex(
        @"(?<kept>\bAADSTS\d{4,9}\b"
        + @"|\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\b"
        + @"|\b\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}(?:\.\d{1,7})?(?:Z|\b)"
        + @"|(?:\b(?:[A-Za-z0-9\-]+\.)+[A-Za-z]{2,}|\blocalhost|\[::1\]|"
        + @"\b(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)):\d{1,5}(?:[),;'""/\]]|[. ]?$|[.:]? \(?[^\d(+\s]))"
        + @"|\+?\d(?:[\s().\-/x\u00A0\u2010-\u2015]{0,3}\d){4,}",
        RegexOptions.NonBacktracking)]
    private static partial Regex Digits();
}
