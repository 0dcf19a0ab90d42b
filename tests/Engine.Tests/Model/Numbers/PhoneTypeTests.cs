using FsCheck.Fluent;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Engine.Tests.Model.Numbers;

public class PhoneTypeTests
{
    private static readonly (string Letters, PhoneType Type)[] Spellings =
    [
        ("mobile", PhoneType.Mobile), ("mobilephone", PhoneType.Mobile),
        ("alternatemobile", PhoneType.AlternateMobile), ("alternatemobilephone", PhoneType.AlternateMobile),
        ("office", PhoneType.Office), ("officephone", PhoneType.Office),
    ];

    [FsCheck.NUnit.Property]
    public FsCheck.Property Case_blanks_underscores_and_hyphens_do_not_count() =>
        Prop.ForAll(
            Gen.Elements(Spellings).ToArbitrary(),
            Gen.ArrayOf(Gen.Elements("", "", "_", "-", " "), 24).ToArbitrary(),
            Gen.ArrayOf(Gen.Elements(true, false), 24).ToArbitrary(),
            (spelling, gaps, upper) =>
            {
                string text = string.Concat(spelling.Letters.Select((c, at) => (upper[at] ? char.ToUpperInvariant(c) : c) + gaps[at]));
                return PhoneTypes.TryParse(text, out PhoneType type) && type == spelling.Type;
            });

    [Test]
    public void The_name_of_every_type_is_read_as_that_type([Values] PhoneType type) =>
        Assert.That(PhoneTypes.TryParse(PhoneTypes.Name(type), out PhoneType read) && read == type);

    [TestCase("")]
    [TestCase("pager")]
    [TestCase("mobil")]
    [TestCase("mobile2")]
    [TestCase("alternate")]
    [TestCase("mobile mobile mobile mobile mobile")]
    public void What_is_no_spelling_of_a_type_is_not_taken_for_one(string text) =>
        Assert.That(PhoneTypes.TryParse(text, out _), Is.False);
}
