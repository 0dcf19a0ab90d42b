using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Engine.Tests.Model.Numbers;

public class ReadingTables
{
    [TestCase("+1 2065550100", "+1 2065550100")]
    [TestCase("+12065550100", "+1 2065550100")]
    [TestCase("+12 065550100", "+1 2065550100", Description = "the list wins over the place of a blank")]
    [TestCase("+1 (206) 555-0100", "+1 2065550100")]
    [TestCase("(+1) 206.555.0100", "+1 2065550100")]
    [TestCase("'+1 206 555 0100", "+1 2065550100", Description = "Excel's mark of a text cell")]
    [TestCase("\u202A+1 206 555 0100\u202C", "+1 2065550100", Description = "direction marks of address books")]
    [TestCase("\u200B\u3164+1 206 555 0100\uFE0F\u2800", "+1 2065550100", Description = "fillers and selectors")]
    [TestCase("tel:\u202A+1 206 555 0100\u202C", "InvisibleCharacter")]
    [TestCase("+1\u3164206\u2800555 0100", "InvisibleCharacter")]
    [TestCase("+1 206 555\u200B0100 x7", "InvisibleCharacter")]
    [TestCase("+1 206 555\0 0100", "InvisibleCharacter")]
    [TestCase("＋１（２０６）５５５－０１００", "+1 2065550100", Description = "full-width forms")]
    [TestCase("tel:+1-206-555-0100;ext=123", "+1 2065550100x123")]
    [TestCase("TEL:+1-206-555-0100", "+1 2065550100")]
    [TestCase("+1 206 555 0100, ext. 7", "+1 2065550100x7")]
    [TestCase("+1 206 555 0100 x 7", "+1 2065550100x7")]
    [TestCase("+1 5555551234x007", "+1 5555551234x007", Description = "zeros of an extension count")]
    [TestCase("+44 (0)20 7946 0018", "+44 2079460018")]
    [TestCase("+44(0)2079460018", "+44 2079460018")]
    [TestCase("+39 06 6982 1234", "+39 0669821234", Description = "Italy keeps its zero")]
    [TestCase("+378 0549 882 914", "+378 0549882914")]
    [TestCase("+225 07 01 23 45 67", "+225 0701234567")]
    [TestCase("+242 06 612 3456", "+242 066123456")]
    [TestCase("+229 01 95 12 34 56", "+229 0195123456")]
    [TestCase("+226 01 23 45 67", "+226 01234567")]
    [TestCase("+7 495 123 45 67", "+7 4951234567")]
    [TestCase("+800 0012 3456", "+800 00123456", Description = "global services have no trunk prefix")]
    public void International_numbers_are_read_in_every_usual_spelling(string text, string canonical) =>
        Assert.That(Reading.Read(text), Is.EqualTo(canonical));

    [TestCase("+49 23456", "+49 23456")]
    [TestCase("+49 2345", "TooShort")]
    [TestCase("+49 2345678901234", "+49 2345678901234")]
    [TestCase("+49 23456789012345", "TooLong")]
    [TestCase("+1 2065550100x1234567890", "+1 2065550100x1234567890")]
    [TestCase("+1 2065550100x12345678901", "BadExtension")]
    public void Seven_to_fifteen_digits_and_up_to_ten_of_an_extension_are_read(string text, string result) =>
        Assert.That(Reading.Read(text), Is.EqualTo(result));

    [TestCase("", "Empty")]
    [TestCase(" \u00A0 ", "Empty")]
    [TestCase("+", "NotANumber")]
    [TestCase("n/a", "NotANumber")]
    [TestCase("+1 800 FLOWERS", "NotANumber")]
    [TestCase("+1 206 555 0100 / +1 206 555 0101", "TwoNumbers")]
    [TestCase("+1 206 555 0100\n+1 206 555 0101", "TwoNumbers")]
    [TestCase("+1 206 555-", "NotANumber", Description = "digits are missing")]
    [TestCase("-12065550100", "NotANumber")]
    [TestCase("1.2065550100E+10", "ScientificNotation", Description = "what a spreadsheet makes of a long number")]
    [TestCase("+1,2065550100", "NotANumber")]
    [TestCase("+1 ٢٠٦٥٥٥٠١٠٠", "ForeignDigits")]
    [TestCase("+1 ***-***-0100", "Masked")]
    [TestCase("+1 ••••••0100", "Masked")]
    [TestCase("+1 XXX-XXX-0100", "Masked")]
    [TestCase("+1 xxxxxx0100", "Masked")]
    [TestCase("+1 (206 555 0100", "UnbalancedParentheses")]
    [TestCase("+1 206) 555 0100", "UnbalancedParentheses")]
    [TestCase("+1 ((206)) 555 0100", "UnbalancedParentheses")]
    [TestCase("+1 () 206 555 0100", "NotANumber")]
    [TestCase("+0 2065550100", "UnknownCountryCode")]
    [TestCase("+0044 20 7946 0018", "UnknownCountryCode")]
    [TestCase("+999 2065550100", "UnknownCountryCode")]
    [TestCase("+44 07940123966", "TrunkZero")]
    [TestCase("+44 (020) 7946 0018", "TrunkZero")]
    [TestCase("+1 0206555010", "TrunkZero")]
    [TestCase("+241 06031234", "TrunkZero", Description = "Gabon's zero fell away in 2019")]
    [TestCase("+39 (0)6 6982 1234", "TrunkZero", Description = "where zeros belong to the number, (0) says nothing clear")]
    [TestCase("+1 2065550100x", "BadExtension")]
    [TestCase("+1 2065550100x12a", "BadExtension")]
    [TestCase("+1 2065550100x12x3", "BadExtension")]
    [TestCase("tel:+1-206-555-0100;phone-context=example.com", "UnsupportedParameter")]
    [TestCase("tel:+1-206-555-0100;ext=1;isub=2", "UnsupportedParameter")]
    [TestCase("tel:%2B1-206-555-0100", "NotANumber")]
    [TestCase("2065550100", "NoCountry")]
    [TestCase("0044 20 7946 0018", "NoCountry")]
    public void What_is_no_clear_number_is_refused(string text, string code) =>
        Assert.That(Reading.Read(text), Is.EqualTo(code));

    [TestCase("+1 2065550100", "+1 2065550100")]
    [TestCase(" +1 2065550100 ", "+1 2065550100")]
    [TestCase("+12065550100", "+1 2065550100")]
    [TestCase("+1\u00A0206 555 0100", "+1 2065550100")]
    [TestCase("+1 5555551234x123", "+1 5555551234x123")]
    [TestCase("+1 5555551234 X123", "+1 5555551234x123")]
    [TestCase("+1 (206) 555-0100", "+1 2065550100")]
    [TestCase("+44 07940123966", "+44 07940123966", Description = "as its digits say, so that it differs and is replaced")]
    [TestCase("+44 (0)7940123966", "+44 07940123966")]
    [TestCase("2065550100", "no number")]
    [TestCase("+1 XXXXXX0100", "no number")]
    [TestCase("", "no number")]
    [TestCase("+999 2065550100", "no number")]
    public void The_tenants_numbers_are_read_as_their_digits_say(string text, string result) =>
        Assert.That(Reading.Graph(text), Is.EqualTo(result));

    [TestCase("+1 5555551234x123", false)]
    [TestCase("+1 5555551234 ext 123", false)]
    [TestCase("+1 ••••••1234", true)]
    [TestCase("+1 XX55551234", true)]
    [TestCase("+1 xx55551234", true)]
    [TestCase("*", true)]
    public void Stars_bullets_and_two_crosses_running_are_a_mask(string text, bool masked) =>
        Assert.That(PhoneNumberReader.LooksMasked(text), Is.EqualTo(masked));

    [Test]
    public void No_number_at_all_is_empty_and_written_as_nothing() =>
        Assert.That((default(PhoneNumber).IsEmpty, default(PhoneNumber).Canonical(), default(PhoneNumber).Masked()), Is.EqualTo((true, "", "")));

    [Test]
    public void The_readers_allocate_nothing_for_the_usual_form()
    {
        const int Times = 1000;
        Read();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Times; i++) Read();
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(Times));

        static void Read()
        {
            Span<char> room = stackalloc char[PhoneNumber.MaxCanonicalLength];
            if (!PhoneNumberReader.TryReadGraph("+1 5555551234 x123", out PhoneNumber number)
                || !number.TryFormat(room, out _)) throw new InvalidOperationException();
            if (!PhoneNumberReader.Read("+1 2065550100", null).Succeeded) throw new InvalidOperationException();
            if (!PhoneNumberReader.Read("020 7946 0018", "GB").Succeeded) throw new InvalidOperationException();
        }
    }
}
