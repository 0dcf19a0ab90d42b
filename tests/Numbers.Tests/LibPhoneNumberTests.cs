using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Numbers.Tests;

/// <summary>What the library says of numbers that the engine reads.</summary>
public sealed class LibPhoneNumberTests
{
    [TestCase("+1 2065550100", NumberLine.FixedLineOrMobile), TestCase("+49 15123456789", NumberLine.Mobile), TestCase("+49 30123456", NumberLine.FixedLine)]
    [TestCase("+1 9002345678", NumberLine.Premium), TestCase("+44 9098790000", NumberLine.Premium), TestCase("+979 123456789", NumberLine.Premium)]
    [TestCase("+1 8005550100", NumberLine.TollFree), TestCase("+44 7640123456", NumberLine.Pager), TestCase("+44 7012345678", NumberLine.Personal)]
    [TestCase("+39 0612345678", NumberLine.FixedLine), TestCase("+225 0123456789", NumberLine.Mobile), TestCase("+242 061234567", NumberLine.Mobile)]
    public void A_number_is_what_its_country_says(string text, NumberLine line) =>
        Assert.That(Opinion(text), Is.EqualTo(new NumberOpinion(line, IsPossible: true, IsAssigned: true)));

    [TestCase("+44 123456"), TestCase("+39 12345")]
    public void A_digit_missing_or_too_many_is_not_possible(string text) => Assert.That(Opinion(text).IsPossible, Is.False);

    [TestCase("+1 2060550100"), TestCase("+225 2345678901"), TestCase("+55 1181234567")]
    public void A_range_that_is_not_in_use_is_not_assigned(string text) =>
        Assert.That((Opinion(text).IsAssigned, Opinion(text).Line), Is.EqualTo((false, NumberLine.Unknown)));

    [Test]
    public void Of_a_calling_code_without_a_plan_nothing_is_known() => Assert.That(Opinion("+379 0669812345"), Is.EqualTo(NumberOpinion.Unknown));

    [Test]
    public void An_extension_does_not_matter() => Assert.That(Opinion("+49 30123456 x77"), Is.EqualTo(Opinion("+49 30123456")));

    [Test]
    public void The_tables_are_loaded_when_the_first_number_is_asked_about()
    {
        LibPhoneNumber opinion = new();
        Assert.That(opinion.IsLoaded, Is.False);
        opinion.Judge(Read("+1 2065550100"));
        Assert.That(opinion.IsLoaded, Is.True);
    }

    private static NumberOpinion Opinion(string text) => new LibPhoneNumber().Judge(Read(text));

    private static PhoneNumber Read(string text) =>
        PhoneNumberReader.Read(text, null) is { Succeeded: true } reading ? reading.Number : throw new AssertionException($"'{text}' is refused.");
}
