using ProvisioningConnector.Facade.Access;

namespace ProvisioningConnector.Facade.Tests.Plain;

/// <summary>Refused requests carry the code that callers rely on (docs/codes.md).</summary>
public sealed class RequestCodeTests
{
    [TestCase("PUT", "ben@contoso.com/phones/mobile", """{"number":"2065550150","country":"Atlantis"}""", null, 400, "badCountry")]
    [TestCase("PUT", "ben@contoso.com/phones/mobile", "{}", null, 400, "propertyMissing")]
    [TestCase("PUT", "ben@contoso.com/phones/mobile", """{"number":"+1 2065550150"}""", "\"x\"", 400, "badIfNoneMatch")]
    [TestCase("POST", "ben@contoso.com/plan", "{}", null, 400, "nothingWanted")]
    [TestCase("GET", "ben@contoso.com/email", null, null, 404, "emailNotFound")]
    public async Task A_request_that_cannot_be_meant_has_a_code(string method, string path, string? body, string? ifNoneMatch, int status, string code)
    {
        await using PlainStage stage = await PlainStage.OpenAsync();

        Answer answer = await stage.SendAsync(method, path, body, ifNoneMatch is null ? [] : [("If-None-Match", ifNoneMatch)]);

        Assert.That(answer.Problem(), Is.EqualTo((status, code)), answer.Body);
        Assert.That(stage.Applied, Is.Empty);
    }

    [Test]
    public async Task A_body_that_is_too_large_has_a_code()
    {
        await using PlainStage stage = await PlainStage.OpenAsync(facade: """ "MaxBody": 1000 """);

        Answer answer = await stage.SendAsync("PUT", "ben@contoso.com/phones/mobile", $$"""{"number":"{{new string('1', 2000)}}"}""");

        Assert.That(answer.Problem(), Is.EqualTo((413, "tooLarge")), answer.Body);
    }

    [Test]
    public async Task A_caller_who_asks_too_often_gets_a_code()
    {
        await using PlainStage stage = await PlainStage.OpenAsync(facade: """ "RateLimit": { "PerSecond": 1, "Burst": 1 } """);

        Answer[] answers = [await stage.GetAsync("ben@contoso.com/phones"), await stage.GetAsync("ben@contoso.com/phones"),
            await stage.GetAsync("ben@contoso.com/phones")];

        Assert.That(answers.First(a => a.Status != 200).Problem(), Is.EqualTo((429, "tooManyRequests")));
    }

    [TestCase(AccessRefusal.Unusable, "unusableCredentials")]
    [TestCase(AccessRefusal.UnknownKey, "unknownKey")]
    [TestCase(AccessRefusal.WrongSecret, "wrongSecret")]
    [TestCase(AccessRefusal.WrongName, "wrongName")]
    [TestCase(AccessRefusal.Revoked, "revokedKey")]
    [TestCase(AccessRefusal.Expired, "expiredKey")]
    [TestCase(AccessRefusal.Address, "addressNotListed")]
    [TestCase(AccessRefusal.Account, "wrongAccount")]
    [TestCase(AccessRefusal.Token, "wrongToken")]
    public void A_refused_login_is_audited_under_its_reason(object why, string code) =>
        Assert.That(RefusalRecords.Code((AccessRefusal)why), Is.EqualTo(code));
}
