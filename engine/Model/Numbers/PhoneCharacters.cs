using System.Globalization;
using ProvisioningConnector.Engine.Model.Text;

namespace ProvisioningConnector.Engine.Model.Numbers;

/// <summary>What single characters mean inside a number.</summary>
internal static class PhoneCharacters
{
    /// <summary>
    /// The ASCII twin of a full-width form (U+FF01 to U+FF5E, usual in East Asian spreadsheets), else the character
    /// itself. The two blocks correspond one to one, so nothing is guessed.
    /// </summary>
    public static char Narrow(char c) => c is >= '！' and <= '～' ? (char)(c - 0xFEE0) : c;

    /// <summary>Blanks of any script, but no line break: a second line is a second thing.</summary>
    public static bool IsBlank(char c) => c is '\t' || (char.IsWhiteSpace(c) && !char.IsControl(c) && c is not ('\u2028' or '\u2029'));

    /// <summary>
    /// Direction marks, joiners and soft hyphens that address books leave behind. Inside a number that comes in they are refused;
    /// in what the tenant holds they mean nothing.
    /// </summary>
    public static bool IsInvisible(char c) => c > '\u007F' && char.GetUnicodeCategory(c) == UnicodeCategory.Format;

    /// <summary>Hyphens and dashes (the soft hyphen is invisible).</summary>
    public static bool IsDash(char c) => c is '-' or (>= '\u2010' and <= '\u2015') or '\u2212';

    /// <summary>What may stand between two digits without meaning anything.</summary>
    public static bool IsSeparator(char c) => IsBlank(c) || IsInvisible(c) || IsDash(c) || c is '.' or '/';

    /// <summary>What stands for a hidden digit on its own.</summary>
    public static bool IsMask(char c) => c is '*' or '•' or '●' or '∗' or '＊';

    /// <summary>A letter or sign that introduces an extension by itself; two of them running are a mask.</summary>
    public static bool IsCross(char c) => c is 'x' or 'X' or '×' or 'ｘ' or 'Ｘ';

    /// <summary>The text without blanks, line breaks and invisible characters around it.</summary>
    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text) => InvisibleCharacters.Trim(text);
}
