using System.Text.RegularExpressions;
using FsCheck.Fluent;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Engine.Tests.Model.Numbers;

[FsCheck.NUnit.Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 500)]
public class MaskingLaws
{
    [TestCase("+1 5555555555", "+1 ••••••5555")]
    [TestCase("+44 2079460018", "+44 ••••••0018")]
    [TestCase("+299 321000", "+299 ••••00")]
    [TestCase("+682 21000", "+682 ••••0")]
    [TestCase("+1 5555551234x123", "+1 ••••••1234x•••")]
    [TestCase("+1 5555551234x1234567890", "+1 ••••••1234x•••")]
    public void A_number_shows_its_country_code_and_last_digits(string text, string masked) =>
        Assert.That(Reading.Number(text).Masked(), Is.EqualTo(masked));

    [FsCheck.NUnit.Property]
    public bool A_mask_has_a_bullet_for_every_hidden_national_digit_and_shows_no_extension(PhoneNumber number)
    {
        string national = number.NationalNumber;
        int shown = PhoneMask.Shown(national.Length);
        string hidden = new string('•', national.Length - shown);
        return number.Masked() == $"+{number.CountryCode} {hidden}{national[^shown..]}{(number.HasExtension ? "x•••" : "")}";
    }

    [FsCheck.NUnit.Property]
    public bool Text_forms_of_a_number_and_of_what_holds_it_are_masked(PhoneEntry entry)
    {
        string masked = entry.Number.Masked();
        return entry.Number.ToString() == masked
            && $"{entry}" == $"{masked}:{PhoneTypes.Name(entry.Type)}"
            && !$"{PhoneNumberReader.Read(entry.Number.Canonical(), null)}".Contains(entry.Number.NationalNumber);
    }

    [FsCheck.NUnit.Property]
    public FsCheck.Property A_refusal_never_shows_more_of_a_number_than_its_last_two_digits() =>
        Prop.ForAll(Broken.ToArbitrary(), Arbitraries.Digits(7, 14).ToArbitrary(), (form, digits) =>
        {
            string text = form.Replace("N", digits, StringComparison.Ordinal);
            PhoneRefusal?[] refusals = new[] { PhoneNumberReader.Read(text, digits).Refusal, PhoneEntryReader.Read(text, digits).Refusal };
            return refusals.OfType<PhoneRefusal>().All(refusal => !Leaks(refusal.Problem, digits));
        });

    [TestCase("hello")]
    [TestCase("12345")]
    [TestCase("+1 23")]
    public void Of_a_short_text_no_digit_is_shown(string text) =>
        Assert.That(PhoneMask.OfText(text).Replace("+1 ", "", StringComparison.Ordinal), Does.Not.Match("[0-9a-z]"));

    private static FsCheck.Gen<string> Broken => Gen.Elements(
        "N", "+0N", "+999N", "+44 0N", "+1 N-", "(N", "+1 (N", "+1 Nx", "+1 N xyz", "+1 N;phone-context=+N", "N:pager", "mobile:N",
        "+1 N:N", "N:", "tel:N", "+1 N+N", "+1 Nx12345678901:office", "+1 NNN", "* N", "+1 N Flowers");

    // The advice has examples of its own, hence the problem alone; a country code may have three digits.
    private static bool Leaks(string problem, string digits)
    {
        string behindCode = Regex.Replace(problem, "\\+[0-9]{1,3} ", "");
        return Enumerable.Range(0, digits.Length - 2).Any(at => behindCode.Contains(digits.Substring(at, 3), StringComparison.Ordinal));
    }
}
