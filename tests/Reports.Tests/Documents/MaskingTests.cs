using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Tests.Samples;

namespace ProvisioningConnector.Reports.Tests.Documents;

public sealed class MaskingTests
{
    [Test]
    public async Task No_number_address_or_device_name_survives_masking()
    {
        string full = await Write.Json(Sample.Report(Sample.Head(), People.All));
        string masked = await Write.Json(Sample.Report(Sample.Head(), People.All).Mask(Sample.Digests));
        string[] secrets =
        [
            "2065555555", "206555", "2065550100", "2065550101", "4255550199", "2079460018", "2065550123", "call ", "after five", "0612345678",
            "bob@home.example", "bob@new.example", "gus@home", "Kim's phone", "Blue key",
        ];
        Assert.Multiple(() =>
        {
            foreach (string secret in secrets)
            {
                Assert.That(full, Does.Contain(secret), "the sample is poorer than the test");
                Assert.That(masked, Does.Not.Contain(secret));
            }
        });
    }

    [Test]
    public void A_number_keeps_its_country_and_its_end_and_gets_a_tag() =>
        Assert.That(Masking.Number("+1 2065555555", Sample.Digests), Does.Match("^\\+1 ••••••5555 #[0-9a-f]{4}$"));

    [Test]
    public void One_number_has_one_tag_however_it_is_spelled_and_another_key_gives_another()
    {
        string? tag = Masking.Number("+1 2065555555", Sample.Digests);
        Assert.That(Masking.Number("+12065555555", Sample.Digests), Is.EqualTo(tag));
        Assert.That(Masking.Number("+1 2065555555", new KeyedDigests(new byte[32])), Is.Not.EqualTo(tag));
    }

    [TestCase("kim@contoso.com", "k•••@contoso.com")]
    [TestCase("k@contoso.com", "k•••@contoso.com")]
    [TestCase("\"a@b\"@contoso.com", "\"•••@contoso.com")]
    [TestCase("@contoso.com", "•••")]
    [TestCase("kim", "•••")]
    [TestCase("", "•••")]
    public void An_address_keeps_its_first_character_and_its_domain(string address, string expected) =>
        Assert.That(Masking.Address(address), Is.EqualTo(expected));

    [Test]
    public async Task Masking_twice_is_masking_once()
    {
        Report once = Sample.Report(Sample.Head(), People.All).Mask(Sample.Digests);
        Assert.That(await Write.Json(once.Mask(Sample.Digests)), Is.EqualTo(await Write.Json(once)));
    }

    [Test]
    public async Task Who_the_user_is_stays_readable()
    {
        string masked = await Write.Json(Sample.Report(Sample.Head(), People.All).Mask(Sample.Digests));
        Assert.That(masked, Does.Contain("\"mail:gus@contoso.com\"").And.Contain("\"Ada Lovelace\""));
    }
}
