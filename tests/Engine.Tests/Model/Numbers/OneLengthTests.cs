using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Engine.Tests.Model.Numbers;

/// <summary>Country codes whose numbers all have one length: another length is refused, behind a plus sign too; the tenant's own are read.</summary>
public sealed class OneLengthTests
{
    private static IEnumerable<(NumberingPlan Plan, int Digits)> Plans() =>
        from plan in NumberingPlans.All
        let digits = OnlyLength.Find(plan.CallingCode)
        where digits > 0
        select (plan, digits);

    [TestCase("+1 2065550100", ExpectedResult = "+1 2065550100")]
    [TestCase("+1 206555010", ExpectedResult = "TooShort")]
    [TestCase("+1 20655501001", ExpectedResult = "TooLong")]
    [TestCase("+1 (206) 555-010", ExpectedResult = "TooShort")]
    [TestCase("+45 12345678", ExpectedResult = "+45 12345678")]
    [TestCase("+45 1234567", ExpectedResult = "TooShort")]
    [TestCase("+49 891234567", ExpectedResult = "+49 891234567", Description = "German numbers have many lengths")]
    public string A_number_of_another_length_is_refused(string text) => Reading.Read(text);

    [Test]
    public void Of_every_plan_with_one_length_only_numbers_of_that_length_are_read()
    {
        int plans = 0;
        foreach ((NumberingPlan plan, int digits) in Plans())
        {
            plans++;
            string national = string.Concat(Enumerable.Repeat(plan.FirstDigits.Length > 0 ? plan.FirstDigits[^1..] : "2", digits));
            string prefix = $"+{plan.CallingCode} ";
            Assert.That(Reading.Read(prefix + national), Is.EqualTo(prefix + national), plan.Country);
            Assert.That(Reading.Read(prefix + national + "2"), Is.EqualTo("TooLong"), plan.Country);
            Assert.That(Reading.Read(prefix + national[1..]), Is.EqualTo("TooShort"), plan.Country);
            if (PhoneNumber.MinDigits <= digits - 1) Assert.That(Reading.Graph(prefix + national[1..]), Is.Not.EqualTo("no number"));
        }

        Assert.That(plans, Is.GreaterThan(60));
    }

    [Test]
    public void The_refusal_says_how_many_digits_there_are_and_should_be()
    {
        PhoneNumberReader.Read("+1 206555010", null).TryGet(out _, out PhoneRefusal? refusal);
        Assert.That(refusal?.Message, Does.Contain("9 digits after the country code").And.Contain("numbers of +1 have 10").And.Not.Contain("206555010"));
    }
}
