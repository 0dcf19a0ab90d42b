using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox.Faults;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Commands;

/// <summary>The real service after a signal: gone in time whatever its clients do, and a repeat settles every user.</summary>
[Platform(Exclude = "Win", Reason = "Signals.")]
public sealed class StoppedServiceTests
{
    private const int Crowd = 12;
    private const int SlowClients = 100;
    private static readonly TimeSpan GoneWithin = TimeSpan.FromSeconds(3);

    private static JsonObject Briefly => new() { ["DrainWithin"] = "00:00:02" };

    /// <summary>A request that was left behind is known soon to land no more.</summary>
    private static JsonObject Quick => new() { ["RequestTimeout"] = "00:00:05", ["LeaseDuration"] = "00:00:20" };

    /// <summary>For the machine, which does more than this; less than the web server's own waits, which are 5 s.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1.5);

    private static readonly string Put = $"PUT /openidm/system/contoso/user/{Served.User} HTTP/1.1\r\nHost: localhost\r\n"
        + $"Authorization: {Served.Credentials}\r\n"
        + "Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n";

    [TestCase("", 1, TestName = "Connections_that_say_nothing_do_not_keep_the_service")]
    [TestCase("GET / HTTP/1.1\r\nHost: localhost\r\nX", 1, TestName = "Headers_that_come_slowly_do_not_keep_the_service")]
    [TestCase(null, 1, TestName = "Bodies_that_come_slowly_do_not_keep_the_service")]
    [TestCase(null, 300, TestName = "Bodies_that_come_just_fast_enough_for_the_web_server_do_not_keep_the_service")]
    public async Task Slow_clients(string? first, int bytesPerSecond)
    {
        await using Served served = await Served.StartAsync(writeDelay: 0, facade: Briefly);
        using CancellationTokenSource over = new();
        Task<string>[] clients = [.. Enumerable.Range(0, SlowClients)
            .Select(_ => SlowAsync(served, first ?? Put, first == "" ? 0 : bytesPerSecond, over.Token))];
        await Task.Delay(TimeSpan.FromSeconds(1.5));

        (TimeSpan took, Answer ended) = await StopAsync(served);
        await over.CancelAsync();

        Assert.That(took, Is.LessThan(GoneWithin + Slack), $"{ended}");
        Assert.That(ended.Exit, Is.Zero, $"{ended}");
        // What has not begun is answered; a connection without a request gets no answer.
        if (first is null) Assert.That(await Task.WhenAll(clients), Is.All.StartsWith("HTTP/1.1 503 Service Unavailable"));
    }

    [Test]
    public Task Every_signal_ends_the_service_in_time_and_a_repeat_settles_every_user() => SignalAsync(rounds: 3);

    [Test]
    [Explicit("The longer test: 50 signals, a few minutes. dotnet test tests/Scenarios.Tests --filter Fifty_signals")]
    public Task Fifty_signals_end_the_service_in_time_and_a_repeat_settles_every_user() => SignalAsync(rounds: 50);

    private static async Task SignalAsync(int rounds)
    {
        SandboxSeed seed = new()
        {
            Users = [.. Enumerable.Range(0, Crowd).Select(i => new SeedUser
        {
            UserPrincipalName = Crew.Name(i), DisplayName = $"User {i}",
            Phones = new SeedPhones { Mobile = Number(0, i, 0), AlternateMobile = Number(0, i, 1), Office = Number(0, i, 2) },
        })]
        };
        await using Served served = await Served.StartAsync(writeDelay: 0, seed, Quick, Briefly);
        Dictionary<int, int> statuses = [];
        for (int round = 1; round <= rounds; round++)
        {
            served.Sandbox.Faults = Served.Slow(250);
            long before = served.Sandbox.Journal.AppliedWriteCount;
            Task<HttpStatusCode?>[] changes = [.. Enumerable.Range(0, Crowd).Select(i => ChangeAsync(served, round, i))];
            // A few writes later than in the round before: between the operations of one user, of several, and when most of them wait.
            while (served.Sandbox.Journal.AppliedWriteCount < before + 1 + (round * 5 % 24) && !changes.All(c => c.IsCompleted)) await Task.Delay(2);

            (TimeSpan took, Answer ended) = await StopAsync(served);
            HttpStatusCode?[] answers = await Task.WhenAll(changes);
            Assert.That(took, Is.LessThan(GoneWithin + Slack), $"round {round}: {ended}");
            Assert.That(ended.Exit, Is.Zero.Or.EqualTo(130), $"round {round}: {ended}");
            Assert.That(answers, Is.All.EqualTo(HttpStatusCode.OK).Or.EqualTo(HttpStatusCode.ServiceUnavailable).Or.Null, $"round {round}: {ended}");
            for (int i = 0; i < Crowd; i++)
            {
                if (answers[i] == HttpStatusCode.OK) Assert.That(Phones(served, i), Is.EqualTo(Wanted(round, i)), $"round {round}: answered as done");
                int status = (int)(answers[i] ?? 0);
                statuses[status] = statuses.GetValueOrDefault(status) + 1;
            }

            served.Sandbox.Faults = FaultPlan.None;
            await served.RestartAsync();
            await Task.WhenAll(Enumerable.Range(0, Crowd).Select(i => RepeatAsync(served, round, i)));
            for (int i = 0; i < Crowd; i++) Assert.That(Phones(served, i), Is.EqualTo(Wanted(round, i)), $"round {round}: after the repeat");
            TestContext.Out.WriteLine($"round {round}: gone after {took.TotalSeconds:0.00} s, exit {ended.Exit}");
        }

        await TestContext.Out.WriteLineAsync($"answers: {string.Join(", ", statuses.OrderBy(s => s.Key).Select(s => $"{s.Key}: {s.Value}"))}");
    }

    private static async Task<(TimeSpan Took, Answer Ended)> StopAsync(Served served)
    {
        long from = Stopwatch.GetTimestamp();
        served.Process.SendTerminate();
        Answer ended = await served.Process.EndAsync();
        return (Stopwatch.GetElapsedTime(from), ended);
    }

    /// <summary>Replaces all three numbers; null where the connection broke.</summary>
    private static async Task<HttpStatusCode?> ChangeAsync(Served served, int round, int user)
    {
        try
        {
            using HttpResponseMessage answer = await SendAsync(served, round, user);
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable) Assert.That(answer.Headers.RetryAfter, Is.Not.Null);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Sends the change again until it is done, as often as the service says.</summary>
    private static async Task RepeatAsync(Served served, int round, int user)
    {
        long from = Stopwatch.GetTimestamp();
        while (true)
        {
            using HttpResponseMessage answer = await SendAsync(served, round, user);
            if (answer.StatusCode == HttpStatusCode.OK) return;
            string body = await answer.Content.ReadAsStringAsync();
            Assert.That((answer.StatusCode, answer.Headers.RetryAfter is null), Is.EqualTo((HttpStatusCode.ServiceUnavailable, false)), body);
            Assert.That(Stopwatch.GetElapsedTime(from), Is.LessThan(TimeSpan.FromSeconds(60)), body);
            await Task.Delay(answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1));
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(Served served, int round, int user)
    {
        using HttpRequestMessage request = new(HttpMethod.Put, $"/openidm/system/contoso/user/{Crew.Name(user)}");
        (string? mobile, string? alternate, string? office) = Wanted(round, user);
        request.Content = new StringContent(
            $$"""{"__phoneAuthenticationMethods__":["{{mobile}}:mobile","{{alternate}}:alternateMobile","{{office}}:office"]}""", Encoding.UTF8,
                "application/json");
        return await served.Client.SendAsync(request);
    }

    private static (string? Mobile, string? Alternate, string? Office) Wanted(int round, int user) =>
        (Number(round, user, 0), Number(round, user, 1), Number(round, user, 2));

    private static (string? Mobile, string? Alternate, string? Office) Phones(Served served, int user) =>
        served.Sandbox.Tenant.User(Crew.Name(user)) is SandboxUser found ? (found.Mobile, found.AlternateMobile, found.Office) : default;

    private static string Number(int round, int user, int slot) => $"+1 2065{500_000 + (round * 100) + (user * 3) + slot}";

    /// <summary>Sends a beginning and then a few bytes each second, and gives what comes back.</summary>
    private static async Task<string> SlowAsync(Served served, string first, int bytesPerSecond, CancellationToken over)
    {
        using TcpClient client = new();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, served.Client.BaseAddress?.Port ?? 0, over);
            NetworkStream stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(first), over);
            using StreamReader reader = new(stream, Encoding.Latin1);
            Task<string> answer = reader.ReadToEndAsync(over);
            byte[] some = Encoding.ASCII.GetBytes(new string(' ', bytesPerSecond));
            while (await Task.WhenAny(answer, Task.Delay(TimeSpan.FromSeconds(1), over)) != answer && !over.IsCancellationRequested)
            {
                if (some.Length > 0) await stream.WriteAsync(some, over);
            }

            return await answer;
        }
        catch (Exception broken) when (broken is IOException or SocketException or OperationCanceledException)
        {
            return "";
        }
    }
}
