using System.Globalization;
using ProvisioningConnector.Reports.Tests.Samples;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Reports.Tests.Text;

public sealed class HostileTextTests
{
    [TestCaseSource(typeof(Hostile), nameof(Hostile.Texts))]
    public async Task No_data_reaches_the_terminal_as_a_control_or_a_turn_of_direction(string text)
    {
        using StringWriter writer = new();
        await TextReport.WriteAsync(Sample.Report(Hostile.Head(text), Hostile.Users), writer, TextStyle.Plain, CancellationToken.None);
        char[] bad = [.. writer.ToString().Where(c => c != '\n' && char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate)];
        Assert.That(bad.Select(c => $"U+{(int)c:x4}").Where(c => c != "U+000a"), Is.Empty);
        Assert.That(writer.ToString().Count(c => c == '\n'), Is.LessThanOrEqualTo(TextReport.MostLines));
    }

    [TestCase("Kim", "Kim")]
    [TestCase("a\u001b[0m", "a\\u{1b}[0m")]
    [TestCase("a\u202Eb", "a\\u{202e}b")]
    [TestCase("می\u200Cخواهم", "می\u200Cخواهم")]
    [TestCase("👩\u200D👧", "👩\u200D👧")]
    [TestCase(null, "")]
    public void What_cannot_be_seen_is_spelled_out(string? text, string expected) => Assert.That(Visible.Escape(text), Is.EqualTo(expected));

    [Test]
    public void Half_a_character_is_spelled_out() => Assert.That(Visible.Escape("\uDC00x\uD800"), Is.EqualTo("\\u{dc00}x\\u{d800}"));
}
