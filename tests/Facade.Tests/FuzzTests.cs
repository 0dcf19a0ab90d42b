using System.Globalization;
using System.Text;

namespace ProvisioningConnector.Facade.Tests;

/// <summary>Whatever is sent without proof gets nothing, breaks nothing and is answered or hung up on.</summary>
public sealed class FuzzTests
{
    private const string Marker = "+12065550147";
    private static readonly string[] Methods = ["GET", "PUT", "POST", "PATCH", "DELETE", "HEAD",
        "OPTIONS", "TRACE", "CONNECT", "get", "\0", "VERYLONGMETHODNAME"];
    private static readonly string[] Names = ["Authorization", "X-OpenIDM-Username", "X-OpenIDM-Password",
        "Origin", "X-Forwarded-For", "Forwarded", "Content-Length", "Transfer-Encoding", "traceparent",
        "tracestate", "X-ForgeRock-TransactionId", "X-HTTP-Method-Override", "Accept-API-Version", "Cookie", "Expect", "Upgrade", "Connection", ":path"];
    private static readonly string[] Values = ["", " ", "Basic ", "Bearer ", "Bearer pc_0000000000000000_x",
        "Basic OjpA", "utf-8''%", "utf-8'", "null", "chunked", "-1", "0", "99999999999999", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "127.0.0.1", "Bearer e30.e30.", "Bearer e30.e30.e30", Marker, "\u00e9\u0001", "100-continue", "h2c", "close"];
    private static readonly string[] Paths = ["/", "*", "/openidm/info/ping", "/openidm//info/ping",
        "/openidm/%2e%2e/info", "/openidm/system/one/user/" + Marker, "/health/live/../../openidm/info/ping",
        "/health/ready?x=" + Marker, "/%00", "/%zz", "http://evil/", "/openidm/info/ping;x=1", "/HEALTH/../openidm/info/login", "//openidm/info/login"];

    [TestCase(1)]
    [TestCase(2)]
    public async Task Nothing_sent_without_proof_has_an_effect_or_breaks_the_server(int seed)
    {
        Random random = new(seed);
        await using Rig rig = await Rig.StartAsync();
        int port = new Uri(rig.Server.Addresses[0]).Port;
        for (int i = 0; i < 250; i++)
        {
            string request = Request(random);
            string answer = await RawHttp.ExchangeAsync(port, Encoding.Latin1.GetBytes(request), isAll: true);
            string status = answer.Length >= 12 ? answer[9..12] : "";
            bool open = request.Contains("/health/", StringComparison.OrdinalIgnoreCase) || request.Split(' ')[1] == "/";
            Assert.That(status, Is.EqualTo("").Or.StartsWith("4").Or.EqualTo(open ? "200" : "4xx"), request);
            Assert.That(answer, Does.Not.Contain("ACTIVE_READY").And.Not.Contain("authenticationId"), request);
        }

        Assert.That(rig.Log, Does.Not.Contain(Marker).And.Not.Contain("Internal error"));
        Assert.That((await rig.SendAsync("/health/live")).Status, Is.EqualTo(200));
    }

    private static string Request(Random random)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture,
            $"{Pick(random, Methods)} {Pick(random, Paths)} HTTP/1.{random.Next(2)}\r\nHost: {(random.Next(8) == 0 ? "evil" : "localhost")}\r\n");
        for (int i = random.Next(4); i > 0; i--) text.Append(CultureInfo.InvariantCulture, $"{Pick(random, Names)}: {Pick(random, Values)}\r\n");
        return text.Append("Connection: close\r\n\r\n").Append(random.Next(2) == 0 ? "" : $"{{\"phones\":[\"{Marker}\"]}}").ToString();
    }

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
