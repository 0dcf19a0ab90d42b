using System.Globalization;
using System.Text;
using ProvisioningConnector.Engine.Model.Text;

namespace ProvisioningConnector.Engine.Tests.Model.Text;

public sealed class InvisibleCharacterTests
{
    // Names of the Unicode character database beside their code points.
    private static readonly int[] Overlooked =
    [
        0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180E, 0x180F, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D,
        0x202E, 0x2060, 0x2061, 0x2064, 0x2065, 0x2066, 0x2069, 0x206F, 0x2800, 0x3164, 0xFE00, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0, 0xFFF8, 0xFFF9, 0xFFFB, 0xFFFC,
        0x110BD, 0x13430, 0x16FE4, 0x1BCA0, 0x1D159, 0x1D173, 0x1D17A, 0xE0000, 0xE0001, 0xE0020, 0xE007F, 0xE0100, 0xE01EF, 0xE0FFF,
    ];

    private static readonly int[] Damage = [0x0000, 0x0008, 0x001B, 0x007F, 0x0080, 0x009F, 0xE000, 0xF8FF, 0xFFFD, 0xFFFF, 0xFDD0, 0x10FFFF, 0x0378];

    private static readonly int[] Blanks =
    [
        0x0009, 0x000A, 0x000B, 0x000C, 0x000D, 0x0085, 0x00A0, 0x1680, 0x2000, 0x2003, 0x2007, 0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000,
    ];

    [TestCaseSource(nameof(Overlooked))]
    [TestCaseSource(nameof(Blanks))]
    public void At_the_ends_of_a_value_it_is_cut(int codePoint)
    {
        string sign = char.ConvertFromUtf32(codePoint);
        Assert.That(InvisibleCharacters.Trim($" {sign}{sign} kim {sign}\t"), Is.EqualTo("kim"));
        Assert.That(InvisibleCharacters.Trim(sign), Is.Empty);
        Assert.That(InvisibleCharacters.Find($"{sign}kim{sign}"), Is.Null);
    }

    [TestCaseSource(nameof(Overlooked))]
    [TestCaseSource(nameof(Blanks))]
    [TestCaseSource(nameof(Damage))]
    public void Inside_a_value_it_is_found_and_named(int codePoint)
    {
        string sign = char.ConvertFromUtf32(codePoint);
        InvisibleCharacter? found = InvisibleCharacters.Find($"\u200B k😀im{sign}@x");
        Assert.That(found, Is.EqualTo(new InvisibleCharacter(codePoint, 7)));
        Assert.That(found?.Name, Is.EqualTo("U+" + codePoint.ToString("X4", CultureInfo.InvariantCulture)));
    }

    [TestCaseSource(nameof(Damage))]
    public void Control_characters_and_what_Unicode_does_not_assign_are_found_at_the_ends_too(int codePoint) =>
        Assert.That(InvisibleCharacters.Find("kim" + char.ConvertFromUtf32(codePoint)), Is.EqualTo(new InvisibleCharacter(codePoint, 4)));

    // A surrogate alone cannot stand in an attribute's text.
    [TestCase("kim", 0xD800, "", 4)]
    [TestCase("", 0xDC00, "kim", 1)]
    [TestCase("k", 0xD83D, "im", 2)]
    public void Half_a_character_is_found_wherever_it_stands(string before, int half, string after, int position)
    {
        string text = before + (char)half + after;
        Assert.That(InvisibleCharacters.Find(text), Is.EqualTo(new InvisibleCharacter(half, position)));
        Assert.That(InvisibleCharacters.Escape(text), Is.EqualTo($"{before}\\u{{{half:x}}}{after}"));
    }

    [Test]
    public void Blanks_are_left_to_values_in_which_they_separate([ValueSource(nameof(Blanks))] int codePoint) =>
        Assert.That(InvisibleCharacters.FindExceptBlanks($"+1{char.ConvertFromUtf32(codePoint)}206"), Is.Null);

    [TestCaseSource(nameof(Overlooked))]
    [TestCaseSource(nameof(Damage))]
    public void In_a_value_that_is_shown_it_is_spelled_out(int codePoint)
    {
        string shown = InvisibleCharacters.Escape($"kim{char.ConvertFromUtf32(codePoint)}@x");
        Assert.That(shown, Is.EqualTo($"kim\\u{{{codePoint:x}}}@x"));
    }

    [TestCase("Kim O'Neil, Jr. ~ 7")]
    [TestCase("Müller")]
    [TestCase("山田　太郎")]
    [TestCase("Łukasz Ñandú Ελένη Дмитрий")]
    [TestCase("می\u200Cخواهم")]
    [TestCase("श्री\u200Dमान")]
    [TestCase("葛\U000E0100城")]
    [TestCase("❤\uFE0F\u200D🔥")]
    [TestCase("👩🏽\u200D💻")]
    public void Names_as_people_spell_them_are_shown_as_they_are(string name) => Assert.That(InvisibleCharacters.Escape(name), Is.EqualTo(name));

    [TestCase("k\u200Dim", "k\\u{200d}im")]
    [TestCase("می\u200C", "می\\u{200c}")]
    [TestCase("می\u200C\u200Cخواهم", "می\\u{200c}\\u{200c}خواهم")]
    [TestCase("k\uFE0Fim", "k\\u{fe0f}im")]
    public void A_joiner_or_a_selector_that_changes_nothing_is_spelled_out(string text, string shown) =>
        Assert.That(InvisibleCharacters.Escape(text), Is.EqualTo(shown));

    [Test]
    public void Every_format_and_control_character_and_every_blank_that_the_runtime_knows_is_in_the_table()
    {
        IEnumerable<Rune> unseen = Enumerable.Range(0, 0x110000).Where(Rune.IsValid).Select(value => new Rune(value))
            .Where(rune => rune.Value != ' ' && Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.SpaceSeparator
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
        Assert.That(unseen.Where(rune => InvisibleCharacters.Find($"a{rune}b") is not { Position: 2 }).Select(rune => $"U+{rune.Value:X4}"), Is.Empty);
    }
}
