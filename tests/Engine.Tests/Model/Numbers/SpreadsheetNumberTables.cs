using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Engine.Tests.Model.Numbers;

public class SpreadsheetNumberTables
{
    [TestCase("01711234567.0", "DE")]
    [TestCase("+491711234567.0", null)]
    [TestCase("06641234567.0", "AT")]
    [TestCase("912345678.0", "VN")]
    [TestCase("312345678.0", "JP")]
    [TestCase("3331234567.0", "IT")]
    [TestCase("+12065550100.0", null)]
    [TestCase("+12065550100.00", null)]
    [TestCase("12065550100.0", null)]
    [TestCase("2065550100.0", "US")]
    [TestCase("01711234567,0", "DE")]
    [TestCase("01711234567,00", "DE")]
    [TestCase("01711234567٫0", "DE")]
    [TestCase("01711234567．０", "DE")]
    [TestCase("'01711234567.0", "DE")]
    [TestCase("01711234567.0 ", "DE")]
    [TestCase("01711234567 . 0", "DE")]
    [TestCase("tel:+491711234567.0", null)]
    [TestCase("+1 (206) 555-0100.0", null)]
    [TestCase("+12065550100.0x5", null)]
    [TestCase("+12065550100.0 ext. 5", null)]
    [TestCase("4,917,112,345,670.0", "DE")]
    [TestCase("4.917.112.345.670,0", "DE")]
    [TestCase("4'917'112'345'670.0", "CH")]
    [TestCase("+49.000", null)]
    public void A_decimal_mark_with_zeros_alone_behind_it_is_refused(string text, string? country) =>
        Assert.That(Reading.Read(text, country), Is.EqualTo(nameof(PhoneRefusalCode.DecimalNumber)));

    [TestCase("4,91711E+11")]
    [TestCase("4.91711E+11")]
    [TestCase("1.20656e+010")]
    [TestCase("4.91711E11")]
    [TestCase("4.0E+11")]
    [TestCase("5E+11")]
    [TestCase("491.7E+9")]
    [TestCase("4٫91711E+11")]
    [TestCase("'4.91711E+11")]
    [TestCase(" 4,91711E+11 ")]
    [TestCase("+4.91711E+11")]
    [TestCase("4,91711 E+11")]
    [TestCase("４．９１７１１Ｅ＋１１")]
    [TestCase("4.91711×10^11")]
    [TestCase("4.91711x10^11")]
    [TestCase("4.91711·10¹¹")]
    [TestCase("4.91711E−11")]
    public void Scientific_notation_is_reported_as_what_it_is(string text)
    {
        foreach (string? country in new[] { null, "DE", "US" })
        {
            Assert.That(Reading.Read(text, country), Is.EqualTo(nameof(PhoneRefusalCode.ScientificNotation)));
            Assert.That(Reading.Entry(text + ":mobile", country), Is.EqualTo(nameof(PhoneRefusalCode.ScientificNotation)));
        }
    }

    [TestCase("1 ext 5", "NoCountry")]
    [TestCase("E11", "NotANumber")]
    [TestCase("12E", "NotANumber")]
    [TestCase("+1 2065550100x10", "+1 2065550100x10")]
    public void What_only_resembles_scientific_notation_is_not_taken_for_it(string text, string result) =>
        Assert.That(Reading.Read(text), Is.EqualTo(result));

    [TestCase("+1.206.555.0100", "US", "+1 2065550100")]
    [TestCase("+1.206.555.0000", "US", "+1 2065550000")]
    [TestCase("06.12.34.56.78", "FR", "+33 612345678")]
    [TestCase("206.555.0100", "US", "+1 2065550100")]
    [TestCase("+49 711.1234", null, "+49 7111234")]
    [TestCase("+12065550100.", null, "+1 2065550100")]
    [TestCase("+1 206 555 0100, ext. 10", null, "+1 2065550100x10")]
    [TestCase("+1 206 555 0100 ext.0", null, "+1 2065550100x0")]
    [TestCase("+4.917.112.345.670", null, "+49 17112345670")]
    [TestCase("+1 206 555 0100", null, "+1 2065550100")]
    public void Dots_between_the_digits_are_separators(string text, string? country, string canonical) =>
        Assert.That(Reading.Read(text, country), Is.EqualTo(canonical));

    [TestCase("+12065550100.0", "+1 20655501000")]
    [TestCase("+1 206555.0100", "+1 2065550100")]
    public void The_tenants_digits_are_read_as_before(string text, string canonical) =>
        Assert.That(Reading.Graph(text), Is.EqualTo(canonical));
}
