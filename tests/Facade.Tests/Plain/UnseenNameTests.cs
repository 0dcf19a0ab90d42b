namespace ProvisioningConnector.Facade.Tests.Plain;

/// <summary>Names, numbers and addresses in requests are taken as they look: invisible characters are cut at the ends and refused inside.</summary>
public sealed class UnseenNameTests
{
    [TestCase("ben%E2%80%8B@contoso.com/phones/mobile", """{"number":"+1 2065550100"}""")]
    [TestCase("ben@contoso.com/phones/mobile", "{\"number\":\"+1 206\\u200b5550100\"}")]
    [TestCase("ben@contoso.com/email", "{\"address\":\"kim\\u3164@example.org\"}")]
    [TestCase("ben@contoso.com/email", "{\"address\":\"k\\u00adim@example.org\"}")]
    public async Task The_plain_API_refuses_them_inside(string path, string body)
    {
        await using PlainStage stage = await PlainStage.OpenAsync();

        Answer refused = await stage.PutAsync(path, body);

        Assert.That(refused.Problem(), Is.EqualTo((400, "invisibleCharacter")), refused.Body);
        Assert.That(stage.Applied, Is.Empty);
    }

    [Test]
    public async Task The_plain_API_cuts_them_at_the_ends()
    {
        await using PlainStage stage = await PlainStage.OpenAsync();

        Assert.That((await stage.PutAsync("%EF%BB%BFben@contoso.com%E2%80%8B/phones/mobile", "{\"number\":\"\\u202a+1 2065550107\\u202c\"}")).Status,
            Is.LessThan(300));
        Assert.That((await stage.PutAsync("ben@contoso.com/email", "{\"address\":\"\\ufeffkim@example.org\\u200b\"}")).Status, Is.LessThan(300));

        Assert.That(stage.Sandbox.Tenant.User("ben@contoso.com").Mobile, Is.EqualTo("+1 2065550107"));
        Assert.That((await stage.GetAsync("ben@contoso.com/email")).Text("address"), Is.EqualTo("kim@example.org").Or.EqualTo("k•••@example.org"));
    }
}
