using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Engine.Tests.Model.Numbers;

public class NationalNumberTables
{
    [TestCase("(206) 555-0100", "US", "+1 2065550100")]
    [TestCase("1-206-555-0100", "us", "+1 2065550100")]
    [TestCase("206 555 0100 ext 12", "CA", "+1 2065550100x12")]
    [TestCase("555-0100", "US", "TooShort", Description = "the area code is missing")]
    [TestCase("1234567890", "US", "TrunkPrefixMissing", Description = "no area code begins with 1")]
    [TestCase("020 7946 0018", "GB", "+44 2079460018")]
    [TestCase("(0)20 7946 0018", "GB", "+44 2079460018")]
    [TestCase("07940 123966", "UK", "+44 7940123966")]
    [TestCase("7940 123966", "GB", "+44 7940123966", Description = "no local number is that long")]
    [TestCase("7946 0018", "GB", "TooShort")]
    [TestCase("030 123456", "DE", "+49 30123456")]
    [TestCase("0151 23456789", "DE", "+49 15123456789")]
    [TestCase("30123456", "DE", "TrunkPrefixMissing", Description = "may be a local number")]
    [TestCase("06 1 234 5678", "HU", "+36 12345678")]
    [TestCase("06 20 123 4567", "HU", "+36 201234567")]
    [TestCase("8 (495) 123-45-67", "RU", "+7 4951234567")]
    [TestCase("8 800 123 45 67", "RU", "+7 8001234567")]
    [TestCase("800 123 45 67", "RU", "+7 8001234567", Description = "its 8 is no trunk prefix")]
    [TestCase("8 701 123 4567", "KZ", "+7 7011234567")]
    [TestCase("8 029 123 45 67", "BY", "+375 291234567")]
    [TestCase("0 612 34567", "LT", "+370 61234567")]
    [TestCase("8 612 34567", "LT", "+370 61234567")]
    [TestCase("06 6982 1234", "IT", "+39 0669821234")]
    [TestCase("347 123 4567", "IT", "+39 3471234567")]
    [TestCase("6 6982 1234", "IT", "TrunkPrefixMissing", Description = "a spreadsheet ate the zero")]
    [TestCase("612 345 678", "ES", "+34 612345678")]
    [TestCase("32 12 34 56", "DK", "+45 32123456")]
    [TestCase("22 12 34 56", "NO", "+47 22123456")]
    [TestCase("(11) 91234-5678", "BR", "+55 11912345678")]
    [TestCase("0 15 11 91234-5678", "BR", "TooLong", Description = "a carrier stands in between")]
    [TestCase("138 1234 5678", "CN", "+86 13812345678")]
    [TestCase("010 1234 5678", "CN", "+86 1012345678")]
    [TestCase("98765 43210", "IN", "+91 9876543210")]
    [TestCase("07 01 23 45 67", "CI", "+225 0701234567")]
    [TestCase("011 15 2345 6789", "AR", "NationalFormUncertain")]
    [TestCase("0044 20 7946 0018", "DE", "+44 2079460018")]
    [TestCase("0044 (0)20 7946 0018", "DE", "+44 2079460018")]
    [TestCase("00 44 020 7946 0018", "DE", "TrunkZero")]
    [TestCase("011 44 20 7946 0018", "US", "+44 2079460018")]
    [TestCase("0044 20 7946 0018", "US", "+44 2079460018")]
    [TestCase("00 206 555 0100", "US", "NationalFormUncertain")]
    [TestCase("0011 44 20 7946 0018", "AU", "+44 2079460018")]
    [TestCase("010 1 206 555 0100", "JP", "+1 2065550100")]
    [TestCase("8 10 44 20 7946 0018", "RU", "+44 2079460018")]
    [TestCase("001 65 6123 4567", "HK", "NationalFormUncertain", Description = "prefixes by carrier")]
    [TestCase("2065550100", "XX", "UnknownCountry")]
    [TestCase("2065550100", "USA", "UnknownCountry")]
    [TestCase("2065550100", " ", "NoCountry")]
    [TestCase("+44 20 7946 0018", "XX", "+44 2079460018", Description = "no country is needed with +")]
    [TestCase("+1 2065550100", "DE", "+1 2065550100")]
    public void A_national_number_becomes_the_international_one_or_is_refused(string text, string country, string result) =>
        Assert.That(Reading.Read(text, country), Is.EqualTo(result));

    private static IEnumerable<NumberingPlan> Plans => NumberingPlans.All;

    [TestCaseSource(nameof(Plans))]
    public void Every_plan_has_an_assigned_code_and_lengths_that_fit(NumberingPlan plan)
    {
        Assert.That(CountryCodes.IsAssigned(plan.CallingCode), plan.Country);
        Assert.That(plan.MinDigits, Is.LessThanOrEqualTo(plan.MaxDigits));
        Assert.That(plan.CallingCode.ToString().Length + plan.MaxDigits, Is.LessThanOrEqualTo(PhoneNumber.MaxDigits));
        Assert.That(plan.TrunkPrefixes, Has.All.Match("^[0-9]+$"));
        Assert.That(NumberingPlans.TryGet(plan.Country.ToLowerInvariant(), out NumberingPlan? found) && found == plan);
    }

    [TestCaseSource(nameof(Plans))]
    public void A_full_number_with_its_trunk_prefix_reads_to_the_same_as_its_international_form(NumberingPlan plan)
    {
        if (!plan.NationalFormIsCertain) return;
        char first = plan.FirstDigits.Length > 0 ? plan.FirstDigits[0] : '2';
        for (int length = plan.MinDigits; length <= plan.MaxDigits; length++)
        {
            string national = first + new string('3', length - 1);
            string expected = Reading.Read($"+{plan.CallingCode} {national}");
            string trunk = plan.TrunkPrefixes.IsEmpty ? "" : plan.TrunkPrefixes[0];
            Assert.That(Reading.Read(trunk + national, plan.Country), Is.EqualTo(expected), $"{plan.Country} {length}");
            if (plan.InternationalPrefix is { } prefix)
                Assert.That(Reading.Read($"{prefix} {plan.CallingCode} {national}", plan.Country), Is.EqualTo(expected), $"{plan.Country} {length}");
        }
    }

    [Test]
    public void Every_geographic_country_code_belongs_to_some_country_here() =>
        Assert.That(
            CountryCodes.All.Except(NumberingPlans.All.Select(plan => plan.CallingCode)),
            Is.EquivalentTo(new[] { 379, 800, 808, 870, 878, 881, 882, 883, 888, 979 }));

    [Test]
    public void All_countries_of_the_standard_with_a_plan_of_their_own_are_listed() =>
        Assert.That(NumberingPlans.All.Count(), Is.EqualTo(NumberingPlanCount));

    // ISO 3166 has 249 codes. Without telephone plan: AQ, BV, HM, PN, TF, UM. Beside it: XK, AC, TA.
    private const int NumberingPlanCount = 249 - 6 + 3;
}
