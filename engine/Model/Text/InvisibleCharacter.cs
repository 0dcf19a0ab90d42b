using System.Buffers;
using System.Globalization;
using System.Text;

namespace ProvisioningConnector.Engine.Model.Text;

/// <summary>A character that cannot be seen where it stands.</summary>
/// <param name="CodePoint">The Unicode code point; the code unit of a surrogate without its other half.</param>
/// <param name="Position">Which character of the value as it was written, from 1; a surrogate pair counts once.</param>
public readonly record struct InvisibleCharacter(int CodePoint, int Position)
{
    /// <summary>The code of every refusal for such a character.</summary>
    public const string Code = "invisibleCharacter";

    /// <summary>As Unicode writes it: <c>U+200B</c>.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"U+{CodePoint:X4}");

    /// <summary>Behind "has": what it is and where, such as <c>the invisible character U+200B at position 4</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"the {Noun} {Name} at position {Position}");

    private string Noun => CodePoint switch
    {
        0xFFFD => "replacement character",
        <= char.MaxValue when char.IsWhiteSpace((char)CodePoint) => "blank",
        _ => "invisible character",
    };
}

/// <summary>
/// The one table of characters that no one sees in a value: formatting and direction marks, joiners, fillers, variation
/// selectors, tags, control characters, broken surrogates, and blanks that only look like the space bar's. Spreadsheets, address
/// books and chat programs leave them behind. At the ends of a value that comes in they are cut; elsewhere the value is refused.
/// </summary>
public static class InvisibleCharacters
{
    // Default_Ignorable_Code_Point of the Unicode character database (DerivedCoreProperties), assigned or not.
    private static readonly (int First, int Last)[] Ignorable =
    [
        (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F),
        (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8),
        (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
    ];

    // Symbols, letters and marks whose glyph is empty: the braille blank, the object replacement, a null notehead, a Khitan filler.
    private static readonly int[] Empty = [0x2800, 0xFFFC, 0x1D159, 0x16FE4];

    // What can be seen of ASCII, and the space bar's blank.
    private static readonly SearchValues<char> Plain = SearchValues.Create(string.Concat(Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c)));

    /// <summary>The value without white space of any script and without ignorable characters around it.</summary>
    public static string Trim(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        ReadOnlySpan<char> inner = Trim(text.AsSpan());
        return inner.Length == text.Length ? text : inner.ToString();
    }

    /// <inheritdoc cref="Trim(string)"/>
    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text)
    {
        while (Rune.DecodeFromUtf16(text, out Rune first, out int length) == OperationStatus.Done && IsCut(first)) text = text[length..];
        while (Rune.DecodeLastFromUtf16(text, out Rune last, out int length) == OperationStatus.Done && IsCut(last)) text = text[..^length];
        return text;
    }

    /// <summary>
    /// The first character between the ends of a name, an address or a header that cannot be determined by looking: an invisible one, or
    /// a blank other than U+0020. Null where there is none.
    /// </summary>
    public static InvisibleCharacter? Find(ReadOnlySpan<char> text) => Find(text, blanks: true);

    /// <summary>The same for text in which blanks of every kind and line breaks have a meaning of their own, such as a telephone number.</summary>
    public static InvisibleCharacter? FindExceptBlanks(ReadOnlySpan<char> text) => Find(text, blanks: false);

    /// <summary>
    /// Text that shows what it holds: every invisible character as <c>\u{200b}</c>. Blanks stay, and so do joiners and
    /// variation selectors where they belong to the spelling: behind signs of Arabic, Indic and East Asian scripts and emoji.
    /// </summary>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.AsSpan().ContainsAnyExcept(Plain)) return text;
        StringBuilder escaped = new(text.Length + 16);
        Rune before = default;
        for (ReadOnlySpan<char> rest = text; !rest.IsEmpty;)
        {
            bool whole = Rune.DecodeFromUtf16(rest, out Rune rune, out int length) == OperationStatus.Done;
            bool shown = whole && (!IsUnseen(rune) || IsSpelling(before, rune, rest[length..]));
            if (shown) escaped.Append(rest[..length]);
            else escaped.Append(CultureInfo.InvariantCulture, $"\\u{{{(whole ? rune.Value : rest[0]):x}}}");
            before = shown ? rune : default;
            rest = rest[length..];
        }

        return escaped.ToString();
    }

    private static InvisibleCharacter? Find(ReadOnlySpan<char> text, bool blanks)
    {
        ReadOnlySpan<char> inner = Trim(text);
        if (!inner.ContainsAnyExcept(Plain)) return null;
        text.Overlaps(inner, out int start);
        int position = 0;
        for (int at = 0; at < start + inner.Length; position++)
        {
            bool whole = Rune.DecodeFromUtf16(text[at..], out Rune rune, out int length) == OperationStatus.Done;
            if (at >= start)
            {
                if (!whole) return new InvisibleCharacter(text[at], position + 1);
                if (Rune.IsWhiteSpace(rune) ? blanks && rune.Value != ' ' : IsUnseen(rune)) return new InvisibleCharacter(rune.Value, position + 1);
            }

            at += length;
        }

        return null;
    }

    // What a glance and every program agree to overlook. Control characters, broken and unassigned ones point at damage and are not cut.
    private static bool IsCut(Rune rune) =>
        Rune.IsWhiteSpace(rune) || (rune.Value > '~' && (IsEmpty(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format));

    // The replacement character is drawn, but the character that it replaced is lost.
    private static bool IsUnseen(Rune rune) =>
        rune.Value is < ' ' or > '~' && (IsEmpty(rune) || rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control
        or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    private static bool IsEmpty(Rune rune)
    {
        foreach ((int first, int last) in Ignorable)
        {
            if (rune.Value < first) break;
            if (rune.Value <= last) return true;
        }

        return Array.IndexOf(Empty, rune.Value) >= 0;
    }

    private static bool IsSpelling(Rune before, Rune rune, ReadOnlySpan<char> rest) => rune.Value switch
    {
        0x200C or 0x200D => IsShaped(before) && Rune.DecodeFromUtf16(rest, out Rune after, out _) == OperationStatus.Done && IsShaped(after),
        (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) => IsShaped(before) && !IsEmpty(before),
        _ => false,
    };

    // Scripts in which a joiner or a selector changes what is seen; in Latin, Greek and Cyrillic it changes nothing.
    private static bool IsShaped(Rune rune) => rune.Value switch
    {
        < 0x0590 or (>= 0x1E00 and <= 0x203B) => false,
        >= 0xFE00 and <= 0xFE0F => true,
        _ => !IsUnseen(rune) && !Rune.IsWhiteSpace(rune),
    };
}
