using ProvisioningConnector.Facade.Plain;
using ProvisioningConnector.Facade.Plain.Operations;
using ProvisioningConnector.Facade.Tests.Openidm;
using ProvisioningConnector.Facade.Tests.Plain;

namespace ProvisioningConnector.Facade.Tests;

/// <summary>What a path and a query name, in both APIs: one user has one name, and nothing is half understood.</summary>
public sealed class PathTests
{
    private const string Id = "00000001-0007-0007-0102-030405060708";
    private static readonly string User = $$"""{ "id": "{{Id}}", "userPrincipalName": "ada@contoso.com", "employeeId": "10/01","""
        + """ "phones": { "mobile": "+1 2065550100" } }""";

    [TestCase("%7B00000001-0007-0007-0102-030405060708%7D")]
    [TestCase("(00000001-0007-0007-0102-030405060708)")]
    [TestCase("00000001000700070102030405060708")]
    [TestCase("%20")]
    [TestCase("%20%E2%80%8B%20")]
    [TestCase("a%E2%80%8Bda@contoso.com")]
    [TestCase("*")]
    [TestCase("%24count")]
    [TestCase("$count")]
    public async Task A_name_in_an_unusual_form_is_refused_in_both_APIs_before_the_tenant_is_asked(string name)
    {
        await using PlainStage stage = await PlainStage.OpenAsync(User);
        foreach ((string method, string path, string? body) in ((string, string, string?)[])
        [
            ("GET", $"{PlainStage.Base}{name}/phones", null), ("DELETE", $"{PlainStage.Base}{name}/phones/mobile", null),
            ("GET", $"/openidm/system/one/user/{name}", null), ("PUT", $"/openidm/system/one/user/{name}", """{"__phoneAuthenticationMethods__":[]}"""),
        ])
        {
            StringContent? content = body is null ? null : new StringContent(body, null, "application/json");
            Answer answer = await stage.Rig.SendAsync(path, method, content, Rig.Bearer(stage.Key));
            Assert.That(answer.Status, Is.EqualTo(400), $"{method} {path} {answer.Body}");
            Assert.That(answer.Body, Does.Contain("userNeeded").Or.Contain("invisibleCharacter"), path);
        }

        Assert.That(stage.Sandbox.Journal.Total, Is.Zero);
    }

    [TestCase("00000001-0007-0007-0102-030405060708", 200)]
    [TestCase("%2000000001-0007-0007-0102-030405060708%20", 200)]
    [TestCase("ada%40contoso.com", 200)]
    [TestCase("ADA@contoso.com", 200)]
    [TestCase("ada%2540contoso.com", 404)]
    [TestCase("a%2Fb", 404)]
    [TestCase("a%252Fb", 404)]
    public async Task A_path_is_decoded_once(string name, int status)
    {
        await using PlainStage stage = await PlainStage.OpenAsync(User);
        foreach (string path in (string[])[$"{PlainStage.Base}{name}/phones", $"/openidm/system/one/user/{name}?_fields=__phoneAuthenticationMethods__"])
        {
            Answer answer = await stage.Rig.SendAsync(path, headers: [Rig.Bearer(stage.Key)]);
            Assert.That(answer.Status, Is.EqualTo(status), $"{path} {answer.Body}");
        }

    }

    [TestCase("employeeId:10%2F01", 200)]
    [TestCase("employeeId:10%2f01", 200)]
    [TestCase("employeeId:10%252F01", 404)]
    [TestCase("employeeId:10%252f01", 404)]
    public async Task A_slash_in_a_name_is_a_slash_and_an_encoded_percent_sign_is_a_percent_sign(string name, int status)
    {
        await using PlainStage stage = await PlainStage.OpenAsync(User);

        Assert.That((await stage.GetAsync($"{name}/phones")).Status, Is.EqualTo(status));
    }

    [Test]
    public async Task A_path_that_can_be_read_in_two_ways_is_refused()
    {
        await using PlainStage stage = await PlainStage.OpenAsync(User);

        Assert.That((await stage.DeleteAsync("a%2Fb/methods/fido2/a%252Fb")).Problem(), Is.EqualTo((400, "badPath")));
    }

    [Test]
    public async Task An_unknown_or_mistyped_query_parameter_is_refused_on_every_operation_of_the_plain_API()
    {
        await using PlainStage stage = await PlainStage.OpenAsync(User);
        foreach (PlainOperation operation in PlainOperations.All)
        {
            string path = operation.Path.Replace("{tenant}", "one", StringComparison.Ordinal).Replace("{user}", "ada@contoso.com", StringComparison.Ordinal)
                .Replace("{slot}", "mobile", StringComparison.Ordinal).Replace("{kind}", "fido2", StringComparison.Ordinal)
                .Replace("{id}", "x", StringComparison.Ordinal);
            foreach (string query in (string[])["x=1", "Include=hardwareOath", "includ=hardwareOath", "_=1", "dryrun=true"])
            {
                Answer answer = await stage.Rig.SendAsync($"{path}?{query}", operation.Method,
                    operation.Body is { } body ? new StringContent(body.Example, null, "application/json") : null, Rig.Bearer(stage.Key));
                Assert.That(answer.Problem(), Is.EqualTo((400, "unknownQuery")), $"{operation.Id} {query}");
            }
        }

        Assert.That(stage.Applied, Is.Empty);
    }

    [Test]
    public async Task A_page_s_cookie_shows_nothing_and_means_nothing_elsewhere()
    {
        string more = string.Join(",", Enumerable.Range(2, 30).Select(n => SystemBench.User(n)));
        await using PlainStage stage = await PlainStage.OpenAsync($"{User},{more}");
        Answer page = await stage.Rig.SendAsync("/openidm/system/one/user?_queryFilter=true&_pageSize=3", headers: [Rig.Bearer(stage.Key)]);
        string cookie = System.Text.Json.JsonDocument.Parse(page.Body).RootElement.GetProperty("pagedResultsCookie").GetString() ?? "";
        string bytes = System.Text.Encoding.Latin1.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(cookie));
        Facade.Access.KeyText second = await stage.Rig.KeyAsync("second", "two", null, Engine.Evidence.Access.Right.Read);

        Assert.That(bytes, Does.Not.Contain("http").And.Not.Contain("Query").And.Not.Contain("Index"));
        foreach ((string sent, bool isFine) in new[] { (cookie, true), (cookie[..^2] + "AA", false), (cookie[..20], false), ("AAAA", false) })
        {
            Answer next = await stage.Rig.SendAsync(Page("one", sent), headers: [Rig.Bearer(stage.Key)]);
            Assert.That(next.Status, Is.EqualTo(isFine ? 200 : 400), next.Body);
        }

        Answer other = await stage.Rig.SendAsync(Page("two", cookie), headers: [Rig.Bearer(second)]);
        Assert.That(other.Status, Is.EqualTo(400), "the cookie of another tenant");

        static string Page(string tenant, string after) => $"/openidm/system/{tenant}/user?_queryFilter=true&_pageSize=3&_pagedResultsCookie={after}";
    }
}
