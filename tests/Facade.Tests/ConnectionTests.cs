using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProvisioningConnector.Facade.Access;

namespace ProvisioningConnector.Facade.Tests;

/// <summary>Connections that say nothing take neither the service from others nor the health checks down (docs/facade.md#connections).</summary>
[Platform("Linux", Reason = "All of 127.0.0.0/8 is this machine.")]
public sealed class ConnectionTests
{
    private const string Head = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n";

    [Test]
    public async Task One_address_takes_its_share_of_the_connections_and_no_more()
    {
        await using Rig rig = await Rig.StartAsync(""" "MaxConnectionsPerAddress": 3 """);
        using Silence silence = await Silence.OfAsync(Port(rig), ["127.0.0.2", "127.0.0.2", "127.0.0.2"]);

        Assert.That(await AskAsync(Port(rig), "127.0.0.2"), Is.Empty);
        Assert.That(await AskAsync(Port(rig), "127.0.0.3"), Does.StartWith("HTTP/1.1 200"));
        silence.EndOne();
        Assert.That(await EventuallyAsync(() => AskAsync(Port(rig), "127.0.0.2")), Does.StartWith("HTTP/1.1 200"), "a closed connection gives its place back");
    }

    [Test]
    public async Task A_known_proxy_may_have_all_of_them()
    {
        await using Rig rig = await Rig.StartAsync(""" "MaxConnectionsPerAddress": 1, "KnownProxies": "127.0.0.2" """);
        using Silence silence = await Silence.OfAsync(Port(rig), ["127.0.0.2", "127.0.0.2", "127.0.0.2"]);

        Assert.That(await AskAsync(Port(rig), "127.0.0.2"), Does.StartWith("HTTP/1.1 200"));
    }

    [Test]
    public async Task Health_has_a_listener_of_its_own_that_answers_when_all_connections_are_taken()
    {
        await using Rig rig = await Rig.StartAsync(""" "MaxConnections": 3, "HealthUrl": "http://127.0.0.1:0" """);
        using Silence silence = await Silence.OfAsync(Port(rig), ["127.0.0.2", "127.0.0.3", "127.0.0.4"]);

        Assert.That(await AskAsync(Port(rig), "127.0.0.5"), Is.Empty);
        Assert.That(await AskAsync(Health(rig), "127.0.0.5"), Does.StartWith("HTTP/1.1 200").And.Contain("""{"status":"live"}"""));
    }

    [Test, CancelAfter(30_000)]
    public async Task While_hundreds_of_connections_are_silent_others_are_answered()
    {
        await using Rig rig = await Rig.StartAsync(""" "HealthUrl": "http://127.0.0.1:0" """);
        KeyText key = await rig.KeyAsync();
        using Silence silent = await Silence.FromAsync(Port(rig), Enumerable.Repeat("127.0.0.2", 500), "");
        using Silence slow = await Silence.FromAsync(Port(rig), Enumerable.Repeat("127.0.0.3", 100), Head);

        for (int i = 0; i < 20; i++)
        {
            Assert.That(await AskAsync(Port(rig), "127.0.0.4"), Does.StartWith("HTTP/1.1 200"));
            Assert.That(await AskAsync(Health(rig), "127.0.0.2"), Does.StartWith("HTTP/1.1 200"), "health has room of its own, for that address too");
            Assert.That((await rig.AskAsync(key)).Status, Is.EqualTo(200));
        }

        Assert.That(await EventuallyAsync(() => AskAsync(Port(rig), "127.0.0.2")), Does.StartWith("HTTP/1.1 200"), "the silent ones of its address make room");
    }

    [TestCase("", "127.0.0.2", "127.0.0.2", Description = "Of one address.")]
    [TestCase(Head, "127.0.0.2", "127.0.0.2")]
    [TestCase("", "127.0.0.3", "127.0.0.4", Description = "Of everybody.")]
    [TestCase(Head, "127.0.0.3", "127.0.0.4")]
    public async Task A_connection_that_asked_for_nothing_within_a_second_makes_room_for_one_that_asks(string first, string other, string asking)
    {
        Microsoft.Extensions.Time.Testing.FakeTimeProvider time = new();
        await using Rig rig = await Rig.StartAsync(""" "MaxConnections": 2, "MaxConnectionsPerAddress": 2 """, time);
        using Silence silence = await Silence.FromAsync(Port(rig), ["127.0.0.2", other], first);
        await EventuallyAsync(async () => await AskAsync(Port(rig), asking) is { Length: 0 } ? "refused" : "");

        Assert.That(await AskAsync(Port(rig), asking), Is.Empty, "within the second");
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await AskAsync(Port(rig), asking), Does.StartWith("HTTP/1.1 200"));
        Assert.That(silence.Ended(), Is.EqualTo(1), "only one had to go");
    }

    [Test]
    public async Task A_limit_that_is_met_is_logged_once_a_minute()
    {
        Microsoft.Extensions.Time.Testing.FakeTimeProvider time = new();
        await using Rig rig = await Rig.StartAsync(""" "MaxConnections": 2, "MaxConnectionsPerAddress": 1 """, time);
        using Silence silence = await Silence.OfAsync(Port(rig), ["127.0.0.2", "127.0.0.3"]);

        foreach (string from in (string[])["127.0.0.2", "127.0.0.2", "127.0.0.4"]) await AskAsync(Port(rig), from);
        Assert.That(Lines(rig), Has.Length.EqualTo(1).And.All.Contains("1 connections were refused: 1 are open from \\\"127.0.0.2\\\"")
            .And.All.Contains("Facade:MaxConnectionsPerAddress"));
        time.Advance(TimeSpan.FromMinutes(1));
        await AskAsync(Port(rig), "127.0.0.4");
        Assert.That(Lines(rig)[^1], Does.Contain("3 connections were refused: 2 are open (Facade:MaxConnections)"));
    }

    [Test]
    public async Task The_health_listener_serves_nothing_else_and_looks_at_no_credentials()
    {
        await using Rig rig = await Rig.StartAsync(""" "HealthUrl": "http://127.0.0.1:0" """);
        KeyText key = await rig.KeyAsync();
        using HttpClient client = new() { BaseAddress = new Uri(rig.Server.HealthAddress ?? "") };
        client.DefaultRequestHeaders.Add("Authorization", Rig.Bearer(key).Value);

        Assert.That(await client.GetStringAsync("/health/ready"), Is.EqualTo("""{"status":"ready"}"""));
        client.DefaultRequestHeaders.Remove("Authorization");
        client.DefaultRequestHeaders.Add("Authorization", "Bearer wrong");
        client.DefaultRequestHeaders.Host = "10.1.2.3:8081";
        Assert.That(await client.GetStringAsync("/health/ready"), Is.EqualTo("""{"status":"ready"}"""));
        foreach (string path in (string[])["/", "/openidm/info/ping", "/api/v1/openapi.json", "/health", "/health/live/x"])
        {
            Assert.That((await client.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
        }

        Assert.That((await rig.AskAsync(key, "/health/ready")).Body, Does.Contain("\"one\":\"ok\""), "the main listener has the same paths");
    }

    [Test]
    public async Task Silent_and_slow_connections_end_within_half_a_minute()
    {
        await using Rig rig = await Rig.StartAsync();
        KestrelServerLimits limits = rig.Server.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;

        Assert.That((limits.KeepAliveTimeout.TotalSeconds, limits.RequestHeadersTimeout.TotalSeconds), Is.EqualTo((30, 20)));
    }

    private static int Port(Rig rig) => new Uri(rig.Server.Addresses[0]).Port;

    private static int Health(Rig rig) => new Uri(rig.Server.HealthAddress ?? "").Port;

    private static string[] Lines(Rig rig) => [.. rig.Log.Split('\n').Where(l => l.Contains("connections were refused", StringComparison.Ordinal))];

    private static async Task<string> EventuallyAsync(Func<Task<string>> ask)
    {
        for (int left = 1000; ; left--)
        {
            string answer = await ask();
            if (answer.Length > 0 || left == 0) return answer;
        }
    }

    /// <summary>The whole answer; empty when the server hangs up.</summary>
    private static async Task<string> AskAsync(int port, string from)
    {
        using Socket socket = await ConnectAsync(port, from);
        try
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes($"{Head}Connection: close\r\n\r\n"));
            using StreamReader reader = new(new NetworkStream(socket), Encoding.ASCII);
            return await reader.ReadToEndAsync();
        }
        catch (Exception hungUp) when (hungUp is IOException or SocketException)
        {
            return "";
        }
    }

    private static async Task<Socket> ConnectAsync(int port, string from)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return socket;
    }

    /// <summary>Connections that the server has surely accepted, as one answer each shows, and that say nothing more.</summary>
    private sealed class Silence(List<Socket> sockets) : IDisposable
    {
        public static async Task<Silence> OfAsync(int port, IEnumerable<string> from)
        {
            List<Socket> sockets = [];
            foreach (string address in from)
            {
                Socket socket = await ConnectAsync(port, address);
                sockets.Add(socket);
                await socket.SendAsync(Encoding.ASCII.GetBytes($"{Head}\r\n"));
                Assert.That(await socket.ReceiveAsync(new byte[4096]), Is.Positive);
            }

            return new Silence(sockets);
        }

        /// <summary>Connections that have asked for nothing; the server may have closed some already.</summary>
        public static async Task<Silence> FromAsync(int port, IEnumerable<string> from, string first)
        {
            List<Socket> sockets = [];
            foreach (string address in from)
            {
                Socket socket = await ConnectAsync(port, address);
                sockets.Add(socket);
                await socket.SendAsync(Encoding.ASCII.GetBytes(first));
            }

            return new Silence(sockets);
        }

        /// <summary>How many the server has ended.</summary>
        public int Ended() => sockets.Count(static socket => socket.Poll(TimeSpan.FromSeconds(1), SelectMode.SelectRead));

        public void EndOne() => sockets[0].Dispose();

        public void Dispose()
        {
            foreach (Socket socket in sockets) socket.Dispose();
        }
    }
}
