using System.Text;
using System.Text.RegularExpressions;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Model;

/// <summary>Phone numbers as the service treats them (docs/graph.md#number-format); what is unknown there follows the settings.</summary>
internal static partial class NumberFormat
{
    [GeneratedRegex(@"^\+(?<cc>[1-9][0-9]{0,2}) (?<n>[0-9]{3,14})(?:x(?<x>[0-9]{1,10}))?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Documented();

    /// <summary>The number as it will be stored and given back, or null when it is refused.</summary>
    public static string? Accept(string? sent, PhoneSlot slot, SandboxSettings settings)
    {
        if (sent is null) return null;
        string text = settings.Punctuation == Tolerance.Accept ? WithoutPunctuation(sent) : sent;
        if (!text.Contains(' '))
        {
            if (settings.NumberWithoutSpace == Tolerance.Refuse) return null;
            text = WithSpace(text);
        }
        Match match = Documented().Match(text);
        if (!match.Success) return null;
        (string? country, string? national, string? extension) = (match.Groups["cc"].Value, match.Groups["n"].Value, match.Groups["x"].Value);
        if (extension.Length > 0 && slot != PhoneSlot.Office && settings.MobileExtension == Tolerance.Refuse) return null;
        if (country != "39" && national[0] == '0')
        {
            if (settings.TrunkZero == TrunkZero.Refuse) return null;
            if (settings.TrunkZero == TrunkZero.Strip) national = national.TrimStart('0');
        }
        if (settings.NumbersReturned == NumberSpelling.AsSent) return sent;
        string gap = settings.NumbersReturned == NumberSpelling.WithSpace ? " " : "";
        return extension.Length == 0 ? $"+{country}{gap}{national}" : $"+{country}{gap}{national}x{extension}";
    }

    /// <summary>Equal as numbers, whatever the spelling.</summary>
    public static bool Same(string a, string b) => string.Equals(Digits(a), Digits(b), StringComparison.Ordinal);

    private static string Digits(string number)
    {
        StringBuilder digits = new StringBuilder(number.Length);
        foreach (char c in number)
            if (char.IsAsciiDigit(c) || c == 'x') digits.Append(c);
        return digits.ToString();
    }

    private static string WithoutPunctuation(string sent)
    {
        int first = sent.IndexOf(' ', StringComparison.Ordinal);
        StringBuilder kept = new StringBuilder(sent.Length);
        for (int i = 0; i < sent.Length; i++)
            if (sent[i] is not ('-' or '(' or ')' or '.' or ' ') || i == first) kept.Append(sent[i]);
        return kept.ToString();
    }

    // Where the country code ends when no one said: the zones +1 and +7, the two-digit codes of E.164, all others three.
    private static string WithSpace(string text)
    {
        if (text.Length < 5 || text[0] != '+') return text;
        int length = text[1] is '1' or '7' ? 1 : TwoDigits.Contains(string.Concat(" ", text.AsSpan(1, 2), " "), StringComparison.Ordinal) ? 2 : 3;
        return string.Concat(text.AsSpan(0, 1 + length), " ", text.AsSpan(1 + length));
    }

    private const string TwoDigits =
        " 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98 ";

    public static string Masked(string number, NumberMasking masking)
    {
        char mask = masking switch
        {
            NumberMasking.None => '\0',
            NumberMasking.Asterisks => '*',
            NumberMasking.Bullets => '•',
            NumberMasking.Letters => 'X',
        };
        if (mask == '\0') return number;
        int space = number.IndexOf(' ', StringComparison.Ordinal);
        char[] text = number.ToCharArray();
        for (int i = space + 1; i < text.Length - 2; i++)
            if (char.IsAsciiDigit(text[i])) text[i] = mask;
        return new string(text);
    }
}
