using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Engine.Tests.Model.Numbers;

public class TrunkPrefixTables
{
    [TestCase("+370 (8-611) 11111")]
    [TestCase("+370 8 611 11111")]
    [TestCase("+370 (8) 611 11111")]
    [TestCase("+7 (8) 495 123 45 67")]
    [TestCase("+7 8 912 345 67 89")]
    [TestCase("+78 800 555 35 35")]
    [TestCase("+7 8 701 123 4567")]
    [TestCase("+375 80 29 123 45 67")]
    [TestCase("+375 8 029 123 45 67")]
    [TestCase("+375 8 29 123 45 67")]
    [TestCase("+380 8 044 123 45 67")]
    [TestCase("+380 8 44 123 45 67")]
    [TestCase("+371 8 29 123 456")]
    [TestCase("+372 8 5123 4567")]
    [TestCase("+373 8 691 23 456")]
    [TestCase("+374 8 91 123456")]
    [TestCase("+992 8 91 123 4567")]
    [TestCase("+993 8 65 123456")]
    [TestCase("+994 8 50 123 45 67")]
    [TestCase("+995 8 55 512 34 56")]
    [TestCase("+996 8 555 123 456")]
    [TestCase("+998 8 91 123 45 67")]
    [TestCase("+36 06 20 123 4567")]
    [TestCase("+36 (06) 1 234 5678")]
    [TestCase("+36 6 20 123 4567", Description = "a spreadsheet ate the zero of 06")]
    [TestCase("+52 01 55 1234 5678")]
    [TestCase("+52 044 55 1234 5678")]
    [TestCase("+52 (045) 55 1234 5678")]
    [TestCase("+1 1 206 555 0100")]
    [TestCase("+1 (1) 206-555-0100")]
    [TestCase("+1 1206 555 010", Description = "no number of North America begins with 1")]
    [TestCase("+691 1 320 1234")]
    [TestCase("+692 1 247 1234")]
    [TestCase("+54 11 15 2345 6789")]
    [TestCase("+54 9 11 15 2345 6789")]
    [TestCase("+54 341 15 234 5678")]
    [TestCase("+54 2966 15 23 4567")]
    [TestCase("+54 15 2345 6789")]
    public void A_trunk_prefix_behind_the_country_code_is_refused(string text)
    {
        Assert.That(Reading.Read(text), Is.EqualTo(nameof(PhoneRefusalCode.TrunkPrefix)));
        Assert.That(Reading.Read(text.Replace(" ", "").Replace("(", "").Replace(")", "").Replace("-", "")), Is.EqualTo(nameof(PhoneRefusalCode.TrunkPrefix)));
        Assert.That(Reading.Read("00" + text[1..], "DE"), Is.EqualTo(nameof(PhoneRefusalCode.TrunkPrefix)));
    }

    [TestCase("+370 611 11111", "+370 61111111")]
    [TestCase("+370 800 12345", "+370 80012345")]
    [TestCase("+7 800 555 35 35", "+7 8005553535")]
    [TestCase("+7 812 123 45 67", "+7 8121234567")]
    [TestCase("+375 29 123 45 67", "+375 291234567")]
    [TestCase("+375 800 123 4567", "TooLong", Description = "longer than the plan, but no number begins with 0 behind an 8")]
    [TestCase("+372 8123 4567", "+372 81234567")]
    [TestCase("+380 800 123 456", "+380 800123456")]
    [TestCase("+36 62 123 456", "+36 62123456")]
    [TestCase("+52 1 55 1234 5678", "TooLong", Description = "how mobiles were written until 2019; no trunk prefix")]
    [TestCase("+54 9 11 2345 6789", "+54 91123456789")]
    [TestCase("+54 11 1523 4567", "+54 1115234567")]
    [TestCase("+44 800 123 4567", "+44 8001234567")]
    public void Digits_that_belong_to_the_number_are_no_trunk_prefix(string text, string canonical) =>
        Assert.That(Reading.Read(text), Is.EqualTo(canonical));

    [TestCase("+370 8 611 11111", "trunk prefix 8")]
    [TestCase("+375 80 29 123 45 67", "trunk prefix 80")]
    [TestCase("+36 06 20 123 4567", "trunk prefix 06")]
    [TestCase("+54 11 15 2345 6789", "+54 9 11")]
    public void The_refusal_names_the_prefix(string text, string words) =>
        Assert.That(PhoneNumberReader.Read(text, null).Refusal?.Message, Does.Contain(words).And.Not.Contain("4567"));

    [TestCase("+370 861111111", "+370 861111111")]
    [TestCase("+1 12065550100", "+1 12065550100")]
    [TestCase("+54 (11) 15 2345-6789", "+54 111523456789")]
    public void The_tenants_digits_are_kept_with_their_trunk_prefix(string text, string canonical) =>
        Assert.That(Reading.Graph(text), Is.EqualTo(canonical));

    private static IEnumerable<NumberingPlan> WithPrefixes =>
        NumberingPlans.All.Where(plan => plan.NationalFormIsCertain && plan.TrunkPrefixes.Any(prefix => prefix != "0"));

    [TestCaseSource(nameof(WithPrefixes))]
    public void Every_trunk_prefix_that_a_plan_dials_is_known_behind_its_country_code(NumberingPlan plan)
    {
        char first = plan.FirstDigits.Length > 0 ? plan.FirstDigits[0] : '2';
        string national = first + new string('3', plan.MaxDigits - 1);
        foreach (string prefix in plan.TrunkPrefixes.Where(prefix => prefix != "0"))
        {
            Assert.That(Reading.Read($"+{plan.CallingCode} {prefix} {national}"), Is.EqualTo(nameof(PhoneRefusalCode.TrunkPrefix)), $"{plan.Country} {prefix}");
        }
    }
}
