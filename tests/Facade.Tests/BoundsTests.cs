using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Authorization;

namespace ProvisioningConnector.Facade.Tests;

/// <summary>What is refused for every caller, how errors look, and the headers of every answer.</summary>
public sealed class BoundsTests
{
    [TestCase("Host", "evil.example", 400)]
    [TestCase("Host", "127.0.0.1.evil.example", 400)]
    [TestCase("Host", "localhost", 200)]
    [TestCase("Host", "LOCALHOST:8080", 200)]
    [TestCase("Host", "provision.contoso.com", 200)]
    [TestCase("Origin", "https://evil.example", 403)]
    [TestCase("Origin", "null", 403)]
    [TestCase("Origin", "http://127.0.0.1", 403)]
    [TestCase("Origin", "", 403)]
    [TestCase("Sec-Fetch-Site", "cross-site", 403)]
    [TestCase("Sec-Fetch-Site", "same-origin", 200)]
    [TestCase("X-Forwarded-For", "10.0.0.1", 200)]
    public async Task Foreign_hosts_and_origins_are_refused(string name, string value, int status)
    {
        await using Rig rig = await Rig.StartAsync(""" "AllowedHosts": [ "provision.contoso.com" ] """);
        KeyText key = await rig.KeyAsync();

        Answer answer = await rig.AskAsync(key, "/openidm/info/ping", (name, value));

        Assert.That(answer.Status, Is.EqualTo(status));
        Assert.That(answer.Headers.Keys, Has.None.StartsWith("Access-Control"));
    }

    [Test]
    public async Task A_page_of_this_very_origin_may_call()
    {
        await using Rig rig = await Rig.StartAsync();
        KeyText key = await rig.KeyAsync();

        Assert.That((await rig.AskAsync(key, "/openidm/info/ping", ("Origin", rig.Server.Addresses[0]))).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task An_address_that_a_client_makes_up_counts_only_behind_a_known_proxy()
    {
        await using Rig bare = await Rig.StartAsync();
        await using Rig behind = await Rig.StartAsync(""" "KnownProxies": "127.0.0.1;192.168.0.0/16" """);
        (string, string) made = ("X-Forwarded-For", "10.0.0.1");
        (string, string) chain = ("X-Forwarded-For", "10.0.0.1, 203.0.113.9, 192.168.0.7");
        (string, string) https = ("X-Forwarded-Proto", "https");
        KeyText bareKey = await bare.KeyAsync(with: k => k with { From = ["10.0.0.0/8"] });
        KeyText behindKey = await behind.KeyAsync(with: k => k with { From = ["10.0.0.0/8"] });

        Assert.That((await bare.AskAsync(bareKey, headers: made)).Status, Is.EqualTo(401));
        Assert.That((await behind.AskAsync(behindKey, headers: [made, https])).Status, Is.EqualTo(200));
        Assert.That((await behind.AskAsync(behindKey, headers: [made])).Status, Is.EqualTo(403), "the proxy was reached without https");
        Assert.That((await behind.AskAsync(behindKey, headers: [chain, ("X-Forwarded-Proto", "https,https,https")])).Status,
            Is.EqualTo(401), "203.0.113.9 is no known proxy, so what it says does not count");
    }

    [Test]
    public async Task Too_much_is_refused_in_our_form()
    {
        await using Rig rig = await Rig.StartAsync(""" "MaxBody": 1000, "MaxUrl": 200 """, map: routes =>
            routes.MapPost("/echo", async (HttpContext c) => await c.Response.WriteAsync(await new StreamReader(c.Request.Body).ReadToEndAsync()))
            .ForEveryCaller());
        KeyText key = await rig.KeyAsync();

        Answer reported = await rig.SendAsync("/echo", "POST", new StringContent(new string('x', 1001)), Rig.Bearer(key));
        Answer chunked = await AnsweredAsync(() => rig.SendAsync("/echo", "POST", new StreamContent(new Endless(5000)), Rig.Bearer(key)));
        Answer fits = await rig.SendAsync("/echo", "POST", new StringContent(new string('x', 1000)), Rig.Bearer(key));
        Answer far = await rig.AskAsync(key, $"/openidm/info/ping?{new string('x', 300)}");
        Answer wrongMethod = await rig.SendAsync("/echo", "DELETE", null, Rig.Bearer(key));

        Assert.That((reported.Status, chunked.Status, fits.Status, far.Status, wrongMethod.Status), Is.EqualTo((413, 413, 200, 414, 405)));
        foreach (Answer answer in new[] { reported, chunked, far, wrongMethod }) Assert.That(answer.Body,
            Does.StartWith($$"""{"code":{{answer.Status}},"reason":"""));
    }

    /// <summary>A connection that is closed while the client still sends may take the answer with it (TCP): then the client asks again.</summary>
    private static async Task<Answer> AnsweredAsync(Func<Task<Answer>> send)
    {
        for (int left = 20; ; left--)
        {
            try
            {
                return await send();
            }
            catch (HttpRequestException) when (left > 0)
            {
                // Asked again.
            }
        }
    }

    [Test]
    public async Task A_body_that_does_not_come_is_given_up()
    {
        await using Rig rig = await Rig.StartAsync(""" "RequestTimeout": "00:00:00.300", "ReplyWithin": "00:00:00.100" """, map: routes =>
            routes.MapPost("/read", async (HttpContext c) => await new StreamReader(c.Request.Body).ReadToEndAsync(c.RequestAborted)).ForEveryCaller());
        KeyText key = await rig.KeyAsync();
        Uri address = new(rig.Server.Addresses[0]);
        using TcpClient slow = new();
        await slow.ConnectAsync(IPAddress.Loopback, address.Port);
        await slow.GetStream()
            .WriteAsync(Encoding.ASCII.GetBytes($"POST /read HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key.Reveal()}\r\nContent-Length: "
                + $"100\r\n\r\nabc"));
        using StreamReader reader = new(slow.GetStream());

        Assert.That(await reader.ReadLineAsync(), Does.StartWith("HTTP/1.1 503").Or.StartWith("HTTP/1.1 408"));
    }

    [Test]
    public async Task An_internal_error_shows_no_details()
    {
        await using Rig rig = await Rig.StartAsync(map: routes =>
        {
            routes.MapGet("/bug", (HttpContext _) => Task.FromException(new InvalidOperationException("marker +1 2065550147"))).ForEveryCaller();
            routes.MapGet("/store", (HttpContext _) => Task.FromException(new StoreException(StoreProblem.Locked, "It is locked.", "Wait."))).ForEveryCaller();
            routes.MapGet("/tenant", (HttpContext _) => Task.FromException(new TenantException(new ServiceError(ErrorKind.Refused, "PP0900", "No token."))))
                .ForEveryCaller();
        });
        KeyText key = await rig.KeyAsync();

        Answer bug = await rig.AskAsync(key, "/bug", ("X-ForgeRock-TransactionId", "abc-1/0"));
        Answer store = await rig.AskAsync(key, "/store");
        Answer tenant = await rig.AskAsync(key, "/tenant");

        Assert.That((bug.Status, store.Status, tenant.Status), Is.EqualTo((500, 503, 503)));
        Assert.That(bug.Body, Does.Contain("abc-1/0").And.Not.Contain("marker"));
        Assert.That((store.Headers.ContainsKey("Retry-After"), tenant.Headers.ContainsKey("Retry-After")), Is.EqualTo((true, true)));
        Assert.That(rig.Log, Does.Contain("InvalidOperationException").And.Contain("abc-1/0").And.Not.Contain("marker").And.Not.Contain("2065550147"));
    }

    [TestCase("abc-1/0", true)]
    [TestCase("5a17b0c5-0000-4000-8000-c0ffee5a17b0", true)]
    [TestCase("a b", false)]
    [TestCase("12065550147", false)]
    [TestCase("{\"x\":1}", false)]
    public async Task A_transaction_id_is_repeated_when_it_has_the_form_of_one(string sent, bool kept)
    {
        await using Rig rig = await Rig.StartAsync();

        Answer answer = await rig.SendAsync(headers: [("X-ForgeRock-TransactionId", sent)]);

        Assert.That(answer.Headers["X-ForgeRock-TransactionId"] == sent, Is.EqualTo(kept));
        Assert.That(rig.Log.Contains(sent, StringComparison.Ordinal), Is.EqualTo(kept));
    }

    [TestCase("x12065550147", "x•••")]
    [TestCase("call-1-206-555-0147/0", "call-•••")]
    [TestCase("ada@contoso.com", "•••@•••")]
    [TestCase("5a17b0c5-0000-4000-8000-c0ffee5a17b0/0", "5a17b0c5-0000-4000-8000-c0ffee5a17b0/0")]
    public async Task A_transaction_id_that_may_hold_a_number_is_masked_in_the_log_and_repeated_in_the_answer(string sent, string logged)
    {
        await using Rig rig = await Rig.StartAsync(map: routes =>
            routes.MapGet("/bug", (HttpContext _) => Task.FromException(new InvalidOperationException("x"))).ForEveryCaller());
        KeyText key = await rig.KeyAsync();

        Answer answer = await rig.AskAsync(key, "/bug", ("X-ForgeRock-TransactionId", sent),
            ("traceparent", "00-00000000000000000000012065550147-00f067aa0ba902b7-01"), ("tracestate", "vendor=12065550147"));

        Assert.That((answer.Status, answer.Headers["X-ForgeRock-TransactionId"]), Is.EqualTo((500, sent)));
        Assert.That(rig.Log, Does.Contain($"transaction \\\"{logged}").Or.Contain($"\"TransactionId\":\"{logged}"));
        Assert.That(rig.Log, Does.Not.Contain("0147").And.Not.Contain("@contoso"));
    }

    [TestCase("GET", "/openidm/info/ping")]
    [TestCase("GET", "/openidm/nothing")]
    [TestCase("GET", "/health/ready")]
    [TestCase("GET", "/api/v1/openapi.json")]
    [TestCase("POST", "/openidm/system?_action=test")]
    [TestCase("DELETE", "/echo")]
    public async Task A_compressed_body_is_refused_everywhere(string method, string path)
    {
        await using Rig rig = await Rig.StartAsync(map: routes =>
            routes.MapMethods("/echo", ["DELETE"], (HttpContext _) => Task.CompletedTask).ForEveryCaller());
        KeyText key = await rig.KeyAsync();
        foreach ((string encoding, bool isRefused) in new[] { ("gzip", true), ("br, identity", true), ("identity", false) })
        {
            ByteArrayContent body = new([1, 2, 3]);
            body.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
            body.Headers.TryAddWithoutValidation("Content-Type", "application/json");

            Answer answer = await rig.SendAsync(path, method, body, Rig.Bearer(key));

            Assert.That(answer.Status == 415, Is.EqualTo(isRefused), $"{encoding}: {answer.Status} {answer.Body}");
        }
    }

    [Test]
    public async Task Refusals_carry_the_headers_of_their_protocol()
    {
        await using Rig rig = await Rig.StartAsync();
        KeyText key = await rig.KeyAsync();
        Answer[] unknown = [await rig.SendAsync("/openidm/info/ping"), await rig.SendAsync("/api/v1/tenants/one/users/x/phones"),
            await rig.SendAsync("/health/ready", headers: [("Authorization", "Bearer x")])];
        Answer missing = await rig.AskAsync(key, "/openidm/nothing");
        Answer method = await rig.SendAsync("/api/v1/tenants/one/users/x/phones", "DELETE", null, Rig.Bearer(key));
        Answer openidm = await rig.SendAsync("/openidm/info/ping", "DELETE", null, Rig.Bearer(key));

        foreach (Answer answer in unknown) Assert.That((answer.Status, answer.Headers.GetValueOrDefault("WWW-Authenticate")),
            Is.EqualTo((401, "Bearer realm=\"openidm\"")));
        Assert.That((missing.Status, method.Status, openidm.Status), Is.EqualTo((404, 405, 405)));
        Assert.That((method.Headers.GetValueOrDefault("Allow"), openidm.Headers.GetValueOrDefault("Allow")), Is.EqualTo(("GET", "GET")));
        foreach (Answer answer in (Answer[])[unknown[0], missing, openidm]) Assert.That(answer.Headers.GetValueOrDefault("Content-API-Version"),
            Is.EqualTo("protocol=2.1,resource=1.0"));
    }

    [Test]
    public async Task Every_answer_bears_the_headers_that_protect_it()
    {
        await using Rig rig = await Rig.StartAsync();
        KeyText key = await rig.KeyAsync();
        Answer[] answers = [await rig.AskAsync(key), await rig.SendAsync(), await rig.AskAsync(key, "/x"),
            await rig.SendAsync("/health/live"), await rig.SendAsync(headers: [("Host", "evil")])];

        foreach (Answer answer in answers)
        {
            Assert.That((answer.Headers["Cache-Control"], answer.Headers["X-Content-Type-Options"], answer.Headers["X-Frame-Options"]),
                Is.EqualTo(("no-store", "nosniff", "DENY")));
            Assert.That(answer.Headers.Keys, Has.None.EqualTo("Server").And.None.EqualTo("Set-Cookie"));
        }
    }

    [Test]
    public async Task Each_caller_has_a_rate_of_its_own()
    {
        await using Rig rig = await Rig.StartAsync(""" "RateLimit": { "PerSecond": 1, "Burst": 3 } """);
        KeyText one = await rig.KeyAsync("one");
        KeyText two = await rig.KeyAsync("two");

        List<Answer> answers = [];
        for (int i = 0; i < 6; i++) answers.Add(await rig.AskAsync(one));
        Answer limited = answers.First(a => a.Status == 429);

        Assert.That(limited.Body, Does.StartWith("""{"code":429,"reason":"Too Many Requests","""));
        Assert.That(limited.Headers.ContainsKey("Retry-After"), Is.True);
        Assert.That((await rig.AskAsync(two)).Status, Is.EqualTo(200));
    }

    /// <summary>Sends without saying how much.</summary>
    private sealed class Endless(int length) : MemoryStream(new byte[length])
    {
        public override bool CanSeek => false;
    }
}
