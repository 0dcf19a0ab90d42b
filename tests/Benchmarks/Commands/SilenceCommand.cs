using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ProvisioningConnector.Benchmarks.Commands;

/// <summary>
/// <c>silence</c>: connections that say nothing or never end their headers, made anew whenever the service closes them, while others send requests to the
/// real program; then as many from addresses that stay within their share (Linux: all of 127.0.0.0/8 is this machine).
/// </summary>
internal static class SilenceCommand
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(2);
    private static readonly byte[] Live = RawClient.Request("GET", "/health/live", "", null);

    public static async Task<int> RunAsync(Arguments arguments)
    {
        int users = arguments.Whole("users", 500);
        int requests = arguments.Whole("requests", 50_000);
        int silent = arguments.Whole("silent", 1_100);
        int clients = arguments.Whole("clients", 16);
        await using Rehearsal rehearsal = await Rehearsal.OpenAsync(users, 0);
        await using ServeProcess facade = await ServeProcess.StartAsync(rehearsal);
        byte[][] puts = await facade.PutsAsync(users);
        await SendAsync(facade, puts, clients, requests / 5);
        double before = facade.Megabytes;

        Answers answers;
        double during;
        await using (new Silence(facade.Port, silent, static _ => "127.0.0.2"))
        {
            answers = await SendAsync(facade, puts, clients, requests);
            during = facade.Megabytes;
        }

        bool reached = answers.Wrong == 0 && answers.Longest <= LongestAnswer && during <= before * 1.25;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{requests:N0} PUTs in {answers.Seconds:N0} s beside {silent:N0} silent connections of one address: {answers}; {before:N0} MB before, "
            + $"{during:N0} MB after: {(reached ? "reached" : "MISSED")} (2 s; flat)"));

        using RawClient known = await RawClient.ConnectAsync(facade.Port);
        TimeSpan health = TimeSpan.Zero, already = TimeSpan.Zero;
        double full;
        await using (Silence many = new(facade.Port, silent, static n => $"127.0.1.{1 + n / 100}"))
        {
            await many.Begun;
            for (int i = 0; i < 50; i++)
            {
                health = Max(health, await OnceAsync(facade.HealthPort));
                long sent = Stopwatch.GetTimestamp();
                if (await known.SendAsync(puts[i % puts.Length]) == 200) already = Max(already, Stopwatch.GetElapsedTime(sent));
                else reached = false;
            }

            full = facade.Megabytes;
        }

        TimeSpan anew = await AgainAsync(facade.Port);
        reached &= health <= LongestAnswer && already <= LongestAnswer && full <= before * 1.25;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{silent:N0} silent connections of {(silent + 99) / 100} addresses: health answers within {health.TotalSeconds:N2} s, "
            + $"a caller that is connected within {already.TotalSeconds:N2} s, {full:N0} MB; "
            + $"new callers {anew.TotalSeconds:N1} s after the last has gone: "
            + $"{(reached ? "reached" : "MISSED")}"));
        return reached ? 0 : 1;
    }

    /// <summary>Requests over standing connections, and meanwhile new connections for one request each, to the service and to its health listener.</summary>
    private static async Task<Answers> SendAsync(ServeProcess facade, byte[][] puts, int clients, int requests)
    {
        int next = 0, wrong = 0;
        ConcurrentBag<TimeSpan> standing = [];
        List<TimeSpan> anew = [];
        long began = Stopwatch.GetTimestamp();
        Task all = Task.WhenAll(Enumerable.Range(0, clients).Select(async _ =>
        {
            using RawClient client = await RawClient.ConnectAsync(facade.Port);
            for (int i; (i = Interlocked.Increment(ref next)) <= requests;)
            {
                long sent = Stopwatch.GetTimestamp();
                if (await client.SendAsync(puts[i % puts.Length]) != 200) Interlocked.Increment(ref wrong);
                standing.Add(Stopwatch.GetElapsedTime(sent));
            }
        }));
        while (await Task.WhenAny(all, Task.Delay(50)) != all)
        {
            anew.Add(await OnceAsync(facade.Port));
            anew.Add(await OnceAsync(facade.HealthPort));
        }

        await all;
        return new Answers(Stopwatch.GetElapsedTime(began).TotalSeconds, wrong, [.. standing.Order()], [.. anew.Order()]);
    }

    private static async Task<TimeSpan> OnceAsync(int port)
    {
        long began = Stopwatch.GetTimestamp();
        using RawClient client = await RawClient.ConnectAsync(port);
        if (await client.SendAsync(Live) != 200) throw new IOException("The service did not say that it is alive.");
        return Stopwatch.GetElapsedTime(began);
    }

    private static async Task<TimeSpan> AgainAsync(int port)
    {
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await OnceAsync(port);
                return Stopwatch.GetElapsedTime(began);
            }
            catch (Exception refused) when (refused is IOException or SocketException)
            {
                await Task.Delay(50);
            }
        }
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    /// <summary>What clients saw; times in order.</summary>
    private sealed record Answers(double Seconds, int Wrong, TimeSpan[] Standing, TimeSpan[] Anew)
    {
        public TimeSpan Longest => Max(Standing[^1], Anew.Length > 0 ? Anew[^1] : TimeSpan.Zero);

        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"{Wrong} wrong answers, median {Standing[Standing.Length / 2].TotalMilliseconds:N1} ms, "
            + $"99 % within {Standing[Standing.Length * 99 / 100].TotalMilliseconds:N0} ms, most {Standing[^1].TotalSeconds:N2} s; "
            + $"{Anew.Length} new connections with an answer within {(Anew.Length > 0 ? Anew[^1].TotalSeconds : 0):N2} s");
    }

    /// <summary>Connections of which every second sends nothing and the others a head without an end; each is made anew when it is closed.</summary>
    private sealed class Silence : IAsyncDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private readonly TaskCompletionSource _begun = new();
        private readonly Task _all;
        private int _made;

        public Silence(int port, int count, Func<int, string> from) =>
            _all = Task.WhenAll(Enumerable.Range(0, count).Select(n => KeepAsync(port, count, IPAddress.Parse(from(n)), n % 2 == 0)));

        /// <summary>All were made once.</summary>
        public Task Begun => _begun.Task;

        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync();
            await _all;
            _end.Dispose();
        }

        private async Task KeepAsync(int port, int count, IPAddress from, bool isSilent)
        {
            for (bool isFirst = true; !_end.IsCancellationRequested; isFirst = false)
            {
                try
                {
                    using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
                    socket.Bind(new IPEndPoint(from, 0));
                    await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), _end.Token);
                    if (!isSilent) await socket.SendAsync("GET /health/live HTTP/1.1\r\nHost: loc"u8.ToArray(), _end.Token);
                    if (isFirst && Interlocked.Increment(ref _made) == count) _begun.SetResult();
                    while (await socket.ReceiveAsync(new byte[256], _end.Token) > 0)
                    {
                    }

                    // Closed by the service: made anew, five times a second.
                    await Task.Delay(200, _end.Token);
                }
                catch (Exception closed) when (closed is SocketException or OperationCanceledException)
                {
                    // Closed by the service, or at the end of the measurement.
                }
            }
        }
    }
}
