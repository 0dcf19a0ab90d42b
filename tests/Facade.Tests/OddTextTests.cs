using System.Text;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Plain;
using ProvisioningConnector.Facade.Plain.Operations;
using ProvisioningConnector.Facade.Tests.Openidm;
using ProvisioningConnector.Facade.Tests.Plain;
using ProvisioningConnector.Facade.Tests.Recon;

namespace ProvisioningConnector.Facade.Tests;

/// <summary>Text that is no Unicode, wherever a request has text: refused, never a mistake of ours, and nothing is written.</summary>
public sealed class OddTextTests
{
    private const string Half = "\\ud800";

    // As bytes: half of a surrogate pair in the form that UTF-8 forbids.
    private const string HalfBytes = "\u00ed\u00a0\u0080";
    private static readonly string[] Odd =
    [
        $$"""{"{{Half}}":1}""", $$"""{"a{{Half}}b":null}""", $$"""{"\udfff\ud800":[]}""", $$$"""{"a":{"{{{Half}}}":1}}""",
        $$"""[{"{{Half}}":1}]""", $"\"{Half}\"", $"[\"{Half}\"]", $"{{\"{HalfBytes}\":1}}", $"{{\"a\":\"{HalfBytes}\"}}",
        "{\"\u00ff\":1}", $"{{\"{Half}\":1,\"{Half}\":2}}", new string('[', 3000) + new string(']', 3000),
        string.Concat(Enumerable.Repeat("{\"a\":", 3000)) + "1" + new string('}', 3000), "{\"a\":1}{\"b\":2}", "\u0000", "{\"a\":1e999,\"\\ud8",
    ];

    private static readonly string[] Queries =
    [
        "%ED%A0%80=1", "dryRun=%ED%A0%80", "_dryRun=%ED%A0%80", "dryRun=%5Cud800", "dryRun=%uD800",
        "_fields=%ED%A0%80", "_queryFilter=%ED%A0%80", "_queryFilter=a%20eq%20%22%5Cud800%22", "_queryId=%ED%BF%BF", "_sortKeys=%ED%A0%80", "_action=%ED%A0%80",
        "_pagedResultsCookie=%ED%A0%80", "_mimeType=%ED%A0%80", "include=%ED%A0%80", "mapping=%ED%A0%80",
        "source=%ED%A0%80", "%FF=%FE", "%00=%00", "%=%", $"{HalfBytes}=1", $"dryRun={HalfBytes}",
    ];

    private static readonly string[] Headers =
    [
        "Authorization", "X-OpenIDM-Username", "X-OpenIDM-Password", "If-Match", "If-None-Match",
        "Idempotency-Key", "X-Dry-Run", "Accept", "Accept-API-Version", "Content-Encoding", "X-HTTP-Method-Override",
        "X-ForgeRock-TransactionId", "traceparent", "tracestate",
        "Origin", "Sec-Fetch-Site", "X-Forwarded-For", "If-Modified-Since", "Cookie", "Accept-Language",
    ];

    private static readonly string[] Heads = [HalfBytes, $"\"{HalfBytes}\"", "\u00ff\u00fe", "utf-8''%ED%A0%80",
        "\\ud800", "Bearer \u00ed\u00a0\u0080", "Basic 7aCAOu2ggA==", "%ED%A0%80"];

    [Test]
    public async Task No_body_of_the_plain_api_with_odd_text_is_taken()
    {
        await using PlainStage stage = await PlainStage.OpenAsync();
        foreach (PlainOperation operation in PlainOperations.All.Where(o => o.Body is not null))
        {
            string example = operation.Body?.Example ?? "{}";
            string more = example.Length > 2 ? "," : "";
            IEnumerable<string> near = [$"{example[..^1]}{more}\"{Half}\":1}}", example.Replace("\":\"", $"\":\"{Half}", StringComparison.Ordinal),
                $"{example[..^1]}{more}\"x\":[{{\"y{Half}\":1}}]}}"];
            foreach (string body in Odd.Concat(near.Where(b => b.Contains(Half, StringComparison.Ordinal))))
            {
                Answer answer = await SendAsync(stage.Rig, stage.Key, operation.Method, Path(operation), body);
                Assert.That(answer.Status, Is.EqualTo(400), $"{operation.Id} {Shown(body)}: {answer.Body}");
                Assert.That(answer.Problem().Code, Is.EqualTo("badJson"), $"{operation.Id} {Shown(body)}");
            }
        }

        Assert.That(stage.Applied, Is.Empty);
        Assert.That(stage.Rig.Log, Does.Not.Contain("mistake"));
    }

    [Test]
    public async Task No_body_of_openidm_with_odd_text_is_taken()
    {
        await using SystemBench bench = await SystemBench.StartAsync(SystemBench.Some(1));
        KeyText key = await bench.Rig.KeyAsync("all", "azuread", null, [.. Rights.All]);
        (string Method, string Path)[] writes = [("PUT", SystemBench.PathOf(1)), ("PATCH", SystemBench.PathOf(1)),
            ("POST", "/openidm/system/azuread?_action=approve")];
        string[] near =
        [
            $$"""{"__phoneAuthenticationMethods__":["+1 2065550147:mobile"],"{{Half}}":1}""",
            $$"""{"__phoneAuthenticationMethods__":["+1 2065550147:mobile","{{Half}}"]}""",
            $$"""[{"operation":"add","field":"/__phoneAuthenticationMethods__","value":"{{Half}}"}]""",
            $$"""[{"operation":"add","field":"/__phoneAuthenticationMethods__","value":"+1 2065550147:office","{{Half}}":1}]""",
            $$"""{"allow":{"{{Half}}":1},"for":"01:00:00","reason":"x"}""", $$"""{"allow":{"deletes":1},"for":"01:00:00","reason":"{{Half}}"}""",
        ];
        foreach ((string method, string path) in writes)
        {
            foreach (string body in Odd.Concat(near))
            {
                Answer answer = await SendAsync(bench.Rig, key, method, path, body);
                Assert.That(answer.Status, Is.EqualTo(400), $"{method} {path} {Shown(body)}: {answer.Body}");
            }
        }

        Assert.That(bench.Writes, Is.Zero);
        Assert.That(bench.Rig.Log, Does.Not.Contain("mistake"));
    }

    [Test]
    public async Task No_body_of_a_reconciliation_with_odd_text_is_taken()
    {
        await using ReconRig rig = await ReconRig.StartAsync();
        foreach (string body in Odd.Where(b => b.All(char.IsAscii)))
        {
            Assert.That((await rig.PostAsync("recon?_action=recon&mapping=hrToEntra&waitForCompletion=true", body)).Status, Is.EqualTo(400), Shown(body));
        }

        Assert.That((rig.Writes, rig.Log.Contains("mistake", StringComparison.Ordinal)), Is.EqualTo((0, false)));
    }

    [Test]
    public async Task No_odd_text_in_path_query_or_header_breaks_anything_or_is_half_understood()
    {
        await using PlainStage stage = await PlainStage.OpenAsync(facade: """ "RateLimit": { "PerSecond": 1000000, "Burst": 1000000 } """);
        KeyText key = await stage.Rig.KeyAsync("all", rights: [.. Rights.All]);
        const string Phone = PlainStage.Base + "ben@contoso.com/phones/mobile";
        (string Method, string Path, string Body)[] requests =
        [
            ("GET", PlainStage.Base + "ben@contoso.com/methods", ""), ("PUT", Phone, """{"number":"+1 2065550102"}"""),
            ("DELETE", PlainStage.Base + "ada@contoso.com/phones/mobile", ""), ("GET", "/openidm/system/one/user", ""),
            ("GET", "/openidm/system/one/user/x", ""),
            ("PUT", "/openidm/system/one/user/ben@contoso.com", "{}"), ("POST", "/openidm/system", "{}"),
            ("GET", "/openidm/recon", ""), ("POST", "/openidm/recon", "{}"), ("GET", "/openidm/info/ping", ""), ("GET", "/api/v1/", ""),
        ];
        foreach ((string method, string path, string body) in requests)
        {
            foreach (string query in Queries) await GoesAsync(method, $"{path}?{query}", [Rig.Bearer(key)], body);
            foreach (string name in Headers)
            {
                foreach (string head in Heads) await GoesAsync(method, path, name == "Authorization" ? [(name, head)] : [Rig.Bearer(key), (name, head)], body);
            }
        }

        foreach (string user in new[] { "%ED%A0%80", "%FF", "%00", "a%ED%A0%80@contoso.com", "employeeId:%ED%A0%80", HalfBytes, "%5Cud800" })
        {
            await GoesAsync("GET", $"{PlainStage.Base}{user}/phones", [Rig.Bearer(key)], "");
            await GoesAsync("DELETE", $"{PlainStage.Base}{user}/email", [Rig.Bearer(key)], "");
            await GoesAsync("GET", $"/openidm/system/one/user/{user}", [Rig.Bearer(key)], "");
            await GoesAsync("GET", $"/openidm/system/{user}/user", [Rig.Bearer(key)], "");
            await GoesAsync("GET", $"/openidm/recon/{user}", [Rig.Bearer(key)], "");
        }

        Assert.That(stage.Applied, Is.Empty);
        Assert.That(stage.Rig.Log, Does.Not.Contain("mistake"));

        async Task GoesAsync(string method, string path, (string, string)[] headers, string body)
        {
            int status = await RawHttp.StatusAsync(stage.Rig, method, path, headers, body);
            Assert.That(status, Is.EqualTo(501).Or.InRange(200, 499), $"{method} {path} {headers[^1]}");
        }
    }

    private static async Task<Answer> SendAsync(Rig rig, KeyText key, string method, string path, string body)
    {
        ByteArrayContent content = new(Encoding.Latin1.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        return await rig.SendAsync(path, method, content, Rig.Bearer(key));
    }

    private static string Path(PlainOperation operation) => operation.Path.Replace("{tenant}", "one", StringComparison.Ordinal)
        .Replace("{user}", "cleo@contoso.com", StringComparison.Ordinal).Replace("{slot}", "mobile", StringComparison.Ordinal)
        .Replace("{kind}", "softwareOath", StringComparison.Ordinal).Replace("{id}", "x", StringComparison.Ordinal);

    private static string Shown(string body) => body.Length > 200 ? body[..200] : body;
}
