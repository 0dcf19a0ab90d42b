using System.IO.Pipelines;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Authorization;
using ProvisioningConnector.Facade.Gate;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Host.Cli;
using ProvisioningConnector.Host.Cli.Commands;

namespace ProvisioningConnector.Facade.Tests;

/// <summary>Tenants, health, stopping, listening, tokens, and the verbs.</summary>
public sealed class HostingTests
{
    private static readonly string Foreign = $"{Base64("{\"alg\":\"none\"}")}.{Base64("{\"tid\":\"11111111-1111-4111-8111-111111111111\"}")}.x";

    [Test]
    public async Task A_tenant_whose_credential_fails_stops_no_other()
    {
        await using Rig rig = await Rig.StartAsync(
            tenants: """ "one": { "Kind": "Sandbox" }, "broken": { "Kind": "Graph", "TenantId": "5a17b0c5-0000-4000-8000-c0ffee5a17b0","""
                + $$""" "Endpoint": "http://127.0.0.1:9", "Credential": { "Kind": "StaticToken", "Token": "{{Foreign}}" } } """,
            map: routes => routes.MapGet("/t/{tenant}", async (HttpContext c, RequestTenants all) =>
                await c.Response.WriteAsync((await all.OpenAsync(c)).Identity.Name))
                .Demanding(Right.Read));
        KeyText key = await rig.KeyAsync(with: k => k with { Grants = k.Grants.Add("broken", [Right.Read]) });
        KeyText narrow = await rig.KeyAsync("narrow");

        Answer good = await rig.AskAsync(key, "/t/one");
        Answer bad = await rig.AskAsync(key, "/t/broken");
        Answer ready = await rig.AskAsync(key, "/health/ready");

        Assert.That((good.Status, good.Body, bad.Status, ready.Status), Is.EqualTo((200, "one", 503, 200)));
        Assert.That(ready.Body, Does.Contain("\"one\":\"ok\"").And.Contain("\"broken\":\"PP").And.Contain("\"reasons\":{\"broken\":\""));
        Assert.That((await rig.AskAsync(narrow, "/health/ready")).Body, Does.Not.Contain("broken"));
        Assert.That((await rig.SendAsync("/health/ready")).Body, Is.EqualTo("""{"status":"ready"}"""));
        Assert.That((await rig.SendAsync("/health/ready", headers: [("Authorization", "Bearer x")])).Status, Is.EqualTo(401));
        Assert.That((await rig.SendAsync("/health/live")).Body, Is.EqualTo("""{"status":"live"}"""));
    }

    [Test]
    public async Task All_requests_share_one_door_per_tenant()
    {
        await using Rig rig = await Rig.StartAsync();
        TenantSession[] sessions = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => rig.Services.Tenants.OpenAsync("one", default).AsTask()));

        Assert.That(sessions, Is.All.SameAs(sessions[0]));
        TenantWriter writing = sessions[0].Changes.Writing;
        Assert.That(sessions[1].Changes.Writing, Is.SameAs(writing));
    }

    [TestCase("http://127.0.0.1:1", "", null)]
    [TestCase("http://[::1]:1", "", null)]
    [TestCase("http://localhost:1", "", null)]
    [TestCase("http://10.0.0.7:1", "", "httpsNeeded")]
    [TestCase("http://*:1", "", "httpsNeeded")]
    [TestCase("http://10.0.0.7:1", """ "KnownProxies": "10.0.0.8" """, null)]
    [TestCase("https://10.0.0.7:1", "", "certificateNeeded")]
    [TestCase("https://*:1", """ "Certificate": { "Path": "x.pfx" } """, "allowedHostsNeeded")]
    [TestCase("https://*:1", """ "Certificate": { "Path": "x.pfx" }, "AllowedHosts": "a.contoso.com" """, null)]
    [TestCase("https://10.0.0.7:1", """ "Certificate": { "Path": "x.pfx" }, "LoopbackAccounts": { "a": "b" } """, "loopbackAccounts")]
    [TestCase("http://localhost:1", """ "LoopbackAccounts": { "a": "b" } """, "loopbackAccounts")]
    [TestCase("http://127.0.0.1:1;http://127.0.0.2:2", """ "LoopbackAccounts": { "a": "b" } """, null)]
    [TestCase("http://provision.contoso.com:1", "", "badUrl")]
    [TestCase("ftp://127.0.0.1:1", "", "badUrl")]
    [TestCase("nonsense", "", "badUrl")]
    public void Only_what_is_safe_is_listened_to(string urls, string facade, string? code)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, $$"""{ "Facade": { {{facade}} } }""");
            FacadeSettings settings = SettingsFile.Read(file).Facade;
            ProvisioningException? stopped = null;
            try
            {
                Listener.ReadAll([.. urls.Split(';')], settings);
            }
            catch (ProvisioningException problem)
            {
                stopped = problem;
            }

            Assert.That(stopped?.Code, Is.EqualTo(code));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public async Task Https_is_served_with_the_certificate_and_says_so_to_browsers()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("provision-https-");
        using ECDsa ec = ECDsa.Create();
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using X509Certificate2 made = new CertificateRequest("CN=provision.contoso.com", ec, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1),
            now.AddDays(1));
        (string certificate, string key) = (Path.Combine(folder.FullName, "c.pem"), Path.Combine(folder.FullName, "k.pem"));
        await File.WriteAllTextAsync(certificate, made.ExportCertificatePem());
        await File.WriteAllTextAsync(key, ec.ExportPkcs8PrivateKeyPem());
        await using Rig rig = await Rig.StartAsync($$""" "Certificate": { "Path": "{{certificate}}", "KeyPath": "{{key}}" },"""
            + """ "AllowedHosts": "provision.contoso.com" """);
        await using FacadeServer secure = await FacadeServer.StartAsync(
            rig.Services.Start with { Listeners = Listener.ReadAll(["https://127.0.0.1:0"], rig.Services.Settings.Facade) }, default);
        using HttpClient client = new(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null
            && shown.GetCertHashString() == made.GetCertHashString() }
        });
        using HttpRequestMessage request = new(HttpMethod.Get, $"{secure.Addresses[0]}/openidm/info/ping");
        request.Headers.Host = "provision.contoso.com";
        request.Headers.TryAddWithoutValidation("Authorization", Rig.Bearer(await rig.KeyAsync()).Value);

        using HttpResponseMessage answer = await client.SendAsync(request);

        Assert.That(((int)answer.StatusCode, answer.Headers.GetValues("Strict-Transport-Security").First()), Is.EqualTo((200, "max-age=31536000")));
        folder.Delete(recursive: true);
    }

    [Test]
    public async Task A_token_of_the_issuer_is_accepted_and_no_other()
    {
        using RSA rsa = RSA.Create(2048);
        using RSA other = RSA.Create(2048);
        string keys = Path.GetTempFileName();
        RSAParameters shown = rsa.ExportParameters(false);
        await File.WriteAllTextAsync(keys,
            JsonSerializer.Serialize(new
            {
                keys = new[] { new { kty = "RSA", use = "sig", kid = "k1",
                n = Base64(shown.Modulus ?? []), e = Base64(shown.Exponent ?? []) } }
            }));
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        await using Rig rig = await Rig.StartAsync($$""" "Jwt": { "Issuer": "https://issuer", "Audience": "provision", "Keys": "{{keys}}","""
            + """ "Roles": { "Reader": { "Tenants": [ "one" ], "Rights": [ "read", "plan" ] } } } """);

        string right = Token(rsa, "RS256", Claims());
        (string Why, string Token)[] wrong =
        [
            ("issuer", Token(rsa, "RS256", Claims(iss: "https://other"))), ("audience", Token(rsa, "RS256", Claims(aud: "graph"))),
            ("expired", Token(rsa, "RS256", Claims(exp: now - 600))), ("early", Token(rsa, "RS256", Claims(nbf: now + 600))),
            ("role", Token(rsa, "RS256", Claims(role: "Writer"))), ("other key", Token(other, "RS256", Claims())),
            ("none", Unsigned(Claims())), ("hmac", Hmac(rsa, Claims())), ("tampered", right[..^4] + "AAAA"), ("garbage", "a.b.c"),
        ];

        Answer welcome = await rig.SendAsync("/openidm/info/login", headers: [("Authorization", $"Bearer {right}")]);
        Assert.That(welcome.Status, Is.EqualTo(200), rig.Log);
        Assert.That(welcome.Body, Does.Contain("\"one\":[\"read\",\"plan\"]").And.Not.Contain("two"));
        foreach ((string why, string token) in wrong) Assert.That((await rig.SendAsync(headers: [("Authorization", $"Bearer {token}")])).Status,
            Is.EqualTo(401), why);
        foreach (string subject in (string[])["12065550147", "tel:+1 206 555 0147", "ada@contoso.com"])
        {
            string named = Token(rsa, "RS256", Claims(sub: subject));
            Assert.That((await rig.SendAsync(headers: [("Authorization", $"Bearer {named}")])).Status, Is.EqualTo(200));
        }

        Assert.That(rig.Log, Does.Contain("jwt:app-1").And.Contain("jwt:•••").And.Not.Contain("0147").And.Not.Contain("ada@contoso.com"));
        File.Delete(keys);

        string Claims(
            string iss = "https://issuer", string aud = "provision", long? exp = null, long? nbf = null, string role = "Reader", string sub = "app-1") =>
            JsonSerializer.Serialize(new { iss, aud, exp = exp ?? now + 300, nbf = nbf ?? now - 10, sub, roles = new[] { role } });
    }

    [Test]
    public async Task Systemd_is_notified_by_a_datagram()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("provision-notify-").FullName, "socket");
        using Socket receiver = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        receiver.Bind(new UnixDomainSocketEndPoint(path));
        ServiceNotice notice = new(path, "20000000");
        byte[] buffer = new byte[100];

        Assert.That(notice.Send(ServiceNotice.Ready), Is.Null);
        Assert.That(Encoding.UTF8.GetString(buffer, 0, await receiver.ReceiveAsync(buffer)), Is.EqualTo("READY=1"));
        Assert.That((notice.Beat, new ServiceNotice(null, "1").Beat, new ServiceNotice(null, null).Send("x")),
            Is.EqualTo((TimeSpan.FromSeconds(10), (TimeSpan?)null, (string?)null)));
        Assert.That(new ServiceNotice(path + "-gone", null).Send("x"), Does.Contain("systemd"));
    }

    [Test]
    public async Task The_verbs_make_a_key_serve_it_and_end_with_0_on_a_signal()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("provision-serve-");
        string file = Path.Combine(folder.FullName, "settings.json");
        await File.WriteAllTextAsync(file,
            """{ "DefaultTenant": "one", "Tenants": { "one": { "Kind": "Sandbox", "State": "one.json" }, "two": { "Kind": "Sandbox", "State": "two.json" } },"""
            + """ "Store": { "ConnectionString": "Data Source=store.db" } }""");
        string[] config = ["--config", file];

        (int exit, string key, _) = await RunAsync(["keys", "new", "--name", "ping", "--tenant",
            "one", "--tenant", "two", "--rights", "read,SmsSignIn", "--rights", "two:approve", .. config]);
        (int badExit, _, string badOutput) = await RunAsync(["keys", "new", "--name", "ping", "--tenant", "one", "--rights", "fones", .. config]);
        (_, string listed, _) = await RunAsync(["keys", "list", "--format", "json", .. config]);
        Assert.That((exit, badExit, KeyText.Read(key.Trim()) is not null), Is.EqualTo((0, 1, true)));
        Assert.That(badOutput, Does.Contain("Did you mean 'phones'?"));
        Assert.That(listed, Does.Contain("\"two\":[\"read\",\"smsSignIn\",\"approve\"]").And.Not.Contain(key.Trim()[^20..]));

        using CancellationTokenSource stop = new();
        Pipe pipe = new();
        StringWriter log = new();
        Terminal terminal = new(pipe.Writer.AsStream(), TextWriter.Synchronized(log), () => Stream.Null, false, false, false);
        Task<int> serving = new CommandHost(terminal, TimeProvider.System,
            "test").RunAsync(["serve", "--urls", "http://127.0.0.1:0", "--format", "json", .. config], stop.Token, default);
        using StreamReader output = new(pipe.Reader.AsStream());
        using JsonDocument reported = JsonDocument.Parse(await output.ReadLineAsync() ?? "");
        using HttpClient client = new() { BaseAddress = new Uri(reported.RootElement.GetProperty("addresses")[0].GetString() ?? "") };
        client.DefaultRequestHeaders.Add("Authorization", $"Bearer {key.Trim()}");

        Assert.That((int)(await client.GetAsync("/openidm/info/ping")).StatusCode, Is.EqualTo(200));
        Assert.That((await RunAsync(["keys", "revoke", KeyText.Read(key.Trim())?.Id ?? "", "--yes", .. config])).Exit, Is.EqualTo(0));
        Assert.That((int)(await client.GetAsync("/openidm/info/ping")).StatusCode, Is.EqualTo(401));
        await stop.CancelAsync();
        Assert.That(await serving, Is.EqualTo(0));
        Assert.That(log.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => l.StartsWith('{')),
            Is.Not.Empty.And.All.Matches<string?>(IsJson));
        Assert.That(log.ToString(), Does.Not.Contain(key.Trim()[^20..]));
        (int audit, string verified, _) = await RunAsync(["audit", "verify", .. config]);
        Assert.That((audit, verified), Is.EqualTo((0, verified)), verified);
        folder.Delete(recursive: true);
    }

    private static bool IsJson(string? line)
    {
        using JsonDocument document = JsonDocument.Parse(line ?? "");
        return document.RootElement.ValueKind == JsonValueKind.Object;
    }

    private static async Task<(int Exit, string Output, string Error)> RunAsync(string[] arguments)
    {
        using MemoryStream output = new();
        StringWriter error = new();
        int exit = await new CommandHost(new Terminal(output, error, () => Stream.Null, false, false, false),
            TimeProvider.System, "test").RunAsync(arguments, default, default);
        return (exit, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    private static string Base64(string text) => Base64(Encoding.UTF8.GetBytes(text));

    private static string Base64(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private static string Token(RSA key, string algorithm, string claims)
    {
        string signed = $"{Base64($$"""{"alg":"{{algorithm}}","kid":"k1","typ":"JWT"}""")}.{Base64(claims)}";
        return $"{signed}.{Base64(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Unsigned(string claims) => $"{Base64("{\"alg\":\"none\",\"kid\":\"k1\"}")}.{Base64(claims)}.";

    private static string Hmac(RSA key, string claims)
    {
        string signed = $"{Base64("{\"alg\":\"HS256\",\"kid\":\"k1\"}")}.{Base64(claims)}";
        return $"{signed}.{Base64(HMACSHA256.HashData(key.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(signed)))}";
    }
}
