using System.Net.Http.Headers;
using System.Text;
using ProvisioningConnector.Facade.Tests.Plain;

namespace ProvisioningConnector.Facade.Tests;

/// <summary>Bodies are read by the same rules in every API; only what their contracts differ in differs.</summary>
public sealed class BodyTests
{
    private const string Openidm = "/openidm/system/one/user/ada@contoso.com?_dryRun=true";
    private const string OpenidmBody = """{"__phoneAuthenticationMethods__":["+1 2065550177:mobile"]}""";
    private const string Phone = PlainStage.Base + "ada@contoso.com/phones/mobile?dryRun=true";
    private const string PhoneBody = """{"number":"+1 2065550177"}""";
    private const string Bom = "\uFEFF";

    private static IEnumerable<TestCaseData> Bodies()
    {
        foreach ((string path, string body, bool plain) in new[] { (Openidm, OpenidmBody, false), (Phone, PhoneBody, true) })
        {
            yield return Case("as it should be", path, body, "application/json", null, 200);
            yield return Case("a charset", path, body, "application/json; charset=utf-8", null, 200);
            yield return Case("a byte-order mark", path, Bom + body, "application/json", null, 200);
            yield return Case("no type", path, body, null, null, plain ? 200 : 400);
            yield return Case("text/json", path, body, "text/json", null, plain ? 200 : 400);
            yield return Case("another type", path, body, "text/plain", null, plain ? 415 : 400);
            yield return Case("compressed", path, body, "application/json", "gzip", 415);
            yield return Case("not encoded", path, body, "application/json", "identity", 200);
            yield return Case("nothing", path, "", "application/json", null, 400);
            yield return Case("nothing but a byte-order mark", path, Bom, "application/json", null, 400);
            yield return Case("two values", path, body + body, "application/json", null, 400);
            yield return Case("a name twice", path, body[..^1] + "," + body[1..], "application/json", null, 400);
            yield return Case("too deep", path, $$"""{"x":{{new string('[', plain ? 16 : 32)}}{{new string(']', plain ? 16 : 32)}}}""", "application/json",
                null, 400);
            yield return Case("too long", path, body + new string(' ', 2000), "application/json", null, 413);
        }

        static TestCaseData Case(string what, string path, string body, string? type, string? encoding, int status) =>
            new(path, body, type, encoding, status) { TestName = $"A_body_is_read_by_the_same_rules ({what}, {path[1..path.IndexOf('/', 1)]})" };
    }

    [TestCaseSource(nameof(Bodies))]
    public async Task A_body_is_read_by_the_same_rules(string path, string body, string? type, string? encoding, int status)
    {
        await using PlainStage stage = await PlainStage.OpenAsync(facade: """ "MaxBody": 1000 """);
        ByteArrayContent content = new(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        if (encoding is not null) content.Headers.ContentEncoding.Add(encoding);

        Answer answer = await stage.Rig.SendAsync(path, "PUT", content, Rig.Bearer(stage.Key));

        Assert.That(answer.Status, Is.EqualTo(status), answer.Body);
    }
}
