using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Engine.Tests.Model.Numbers;

public class LostPlusTables
{
    [TestCase("39051123456", "IT")]
    [TestCase("39 051 123456", "IT")]
    [TestCase("(39) 051-123456", "VA")]
    [TestCase("39333123456", "IT")]
    [TestCase("393331234567", "IT")]
    [TestCase("3906123456", "IT")]
    [TestCase("352271234", "LU")]
    [TestCase("352 621 123 456", "LU")]
    [TestCase("376312345", "AD")]
    [TestCase("6834002", "NU")]
    [TestCase("68622222", "KI")]
    [TestCase("491711234567", "DE")]
    [TestCase("49 0171 1234567", "DE")]
    [TestCase("49(0)171 1234567", "DE")]
    [TestCase("436641234567", "AT")]
    [TestCase("33612345678", "FR")]
    [TestCase("447911123456", "GB")]
    [TestCase("48601234567", "PL")]
    [TestCase("79161234567", "RU")]
    [TestCase("7 701 123 4567", "KZ")]
    [TestCase("375 29 123 45 67", "BY")]
    [TestCase("37061111111", "LT")]
    [TestCase("36201234567", "HU")]
    [TestCase("8613812345678", "CN")]
    [TestCase("5511912345678", "BR")]
    [TestCase("919812345678", "IN")]
    [TestCase("525512345678", "MX")]
    [TestCase("821012345678", "KR")]
    [TestCase("4520123456", "DK")]
    [TestCase("96171234567", "LB")]
    public void Digits_that_begin_with_the_own_country_code_and_hold_a_full_number_are_refused(string text, string country) =>
        Assert.That(Reading.Read(text, country), Is.EqualTo(nameof(PhoneRefusalCode.PlusSignLost)));

    [TestCase("3331234567", "IT", "+39 3331234567")]
    [TestCase("051123456", "IT", "+39 051123456")]
    [TestCase("039 1234567", "IT", "+39 0391234567", Description = "Monza")]
    [TestCase("3912312312", "IT", "+39 3912312312")]
    [TestCase("3933312345", "IT", "+39 3933312345", Description = "behind 39 it would be too short for a mobile")]
    [TestCase("393123456", "IT", "+39 393123456")]
    [TestCase("271234", "LU", "+352 271234")]
    [TestCase("352412", "LU", "+352 352412")]
    [TestCase("376312", "AD", "+376 376312")]
    [TestCase("45201234", "DK", "+45 45201234")]
    [TestCase("55 91234-5678", "BR", "+55 55912345678")]
    [TestCase("9112345678", "IN", "+91 9112345678")]
    [TestCase("04921 12345", "DE", "+49 492112345", Description = "Emden; the trunk prefix says that it is national")]
    [TestCase("0491 7112345", "DE", "+49 4917112345")]
    [TestCase("12065550100", "US", "+1 2065550100", Description = "trunk prefix and country code are one")]
    [TestCase("1 206 555 0100", "CA", "+1 2065550100")]
    [TestCase("7011234567", "KZ", "+7 7011234567")]
    [TestCase("8 701 123 4567", "KZ", "+7 7011234567")]
    [TestCase("+39051123456", "IT", "+39 051123456")]
    [TestCase("0039051123456", "IT", "+39 051123456")]
    public void A_national_number_that_can_be_nothing_else_is_read(string text, string country, string canonical) =>
        Assert.That(Reading.Read(text, country), Is.EqualTo(canonical));

    private static IEnumerable<NumberingPlan> Plans => NumberingPlans.All.Where(plan => plan.NationalFormIsCertain);

    [TestCaseSource(nameof(Plans))]
    public void No_number_of_any_country_is_read_as_another_when_it_lost_its_plus(NumberingPlan plan)
    {
        foreach (char first in plan.FirstDigits.Length > 0 ? plan.FirstDigits : "23456789")
        {
            for (int length = plan.MinDigits; length <= plan.MaxDigits; length++)
            {
                string national = first + new string('4', length - 1);
                if (plan.CallingCode == 39 && first == '3' && length is < 9 or > 10) continue; // no mobile is so short or long
                string right = Reading.Read($"+{plan.CallingCode} {national}");
                PhoneNumberReading read = PhoneNumberReader.Read($"{plan.CallingCode}{national}", plan.Country);
                Assert.That(!read.Succeeded || read.Number.Canonical() == right, $"{plan.Country} {national}: {read.Number.Canonical()}");
            }
        }
    }
}
