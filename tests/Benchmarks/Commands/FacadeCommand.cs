using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace ProvisioningConnector.Benchmarks.Commands;

/// <summary><c>facade</c>: PUTs that change nothing, to the real program as a process of its own; sandbox and clients in this one.</summary>
internal static class FacadeCommand
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        int users = arguments.Whole("users", 2_000);
        int requests = arguments.Whole("requests", 100_000);
        int clients = arguments.Whole("clients", 64);
        await using Rehearsal rehearsal = await Rehearsal.OpenAsync(users, 0);
        await using ServeProcess facade = await ServeProcess.StartAsync(rehearsal);
        byte[][] puts = await facade.PutsAsync(users);
        await ThroughputAsync(facade.Port, puts, clients, requests / 10);
        double before = facade.Megabytes;
        rehearsal.Sandbox.Journal.Clear();
        using Process own = Process.GetCurrentProcess();
        (TimeSpan facadeBefore, TimeSpan ownBefore) = (facade.Spent, Spent(own));
        (double perSecond, int wrong) = await ThroughputAsync(facade.Port, puts, clients, requests);
        double after = facade.Megabytes;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"processor time of a PUT: facade {(facade.Spent - facadeBefore).TotalMicroseconds / requests:N0} µs, "
            + $"sandbox and clients {(Spent(own) - ownBefore).TotalMicroseconds / requests:N0} µs"));
        double calls = (double)rehearsal.Sandbox.Journal.Counts.GetValueOrDefault("batch") / requests;
        (int rate, int seconds) = (arguments.Whole("rate", 500), arguments.Whole("seconds", 10));
        double graph = await LatencyAsync("Graph call", rehearsal.Sandbox.Address.Port, await ReadsAsync(rehearsal), rate, seconds);
        double put = await LatencyAsync("PUT", facade.Port, puts, rate, seconds);
        double p99 = Math.Max(0, put - graph);
        bool reached = perSecond >= 2000 && p99 <= 5 && wrong == 0 && after <= before * 1.25;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{perSecond:N0} PUTs/s that change nothing ({calls:N3} Graph calls each, {wrong} wrong answers); p99 {put:N1} ms at {rate}/s, "
            + $"{p99:N1} ms over that of its Graph call; {before:N0} MB after {requests / 10:N0} requests, {after:N0} MB after {requests:N0} more: "
            + $"{(reached ? "reached" : "MISSED")} (2,000/s; 5 ms; flat)"));
        return reached ? 0 : 1;
    }

    /// <summary>What the facade asks for a PUT, sent to the sandbox itself.</summary>
    private static async Task<byte[][]> ReadsAsync(Rehearsal rehearsal)
    {
        using HttpClient http = new() { BaseAddress = rehearsal.Sandbox.Address };
        http.DefaultRequestHeaders.Add("Authorization", "Bearer rehearsal");
        using JsonDocument users = JsonDocument.Parse(await http.GetStringAsync("/v1.0/users?$select=id&$top=500"));
        return [.. users.RootElement.GetProperty("value").EnumerateArray()
            .Select(u => RawClient.Request("GET", $"/v1.0/users/{u.GetProperty("id").GetString()}/authentication/methods",
                "Authorization: Bearer rehearsal\r\n", null))];
    }

    private static async Task<(double PerSecond, int Wrong)> ThroughputAsync(int port, byte[][] puts, int clients, int requests)
    {
        int next = 0, wrong = 0;
        long began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async _ =>
        {
            using RawClient client = await RawClient.ConnectAsync(port);
            for (int i; (i = Interlocked.Increment(ref next)) <= requests;)
            {
                if (await client.SendAsync(puts[i % puts.Length]) != 200) Interlocked.Increment(ref wrong);
            }
        }));
        return (requests / Stopwatch.GetElapsedTime(began).TotalSeconds, wrong);
    }

    /// <summary>The 99th percentile in milliseconds of requests that are sent at a steady rate.</summary>
    private static async Task<double> LatencyAsync(string what, int port, byte[][] puts, int rate, int seconds)
    {
        const int Lines = 50;
        List<double> all = [];
        long began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Lines).Select(async line =>
        {
            using RawClient client = await RawClient.ConnectAsync(port);
            List<double> own = [];
            for (int i = line; i < rate * seconds; i += Lines)
            {
                TimeSpan due = TimeSpan.FromSeconds((double)i / rate);
                TimeSpan wait = due - Stopwatch.GetElapsedTime(began);
                if (wait > TimeSpan.Zero) await Task.Delay(wait);
                long sent = Stopwatch.GetTimestamp();
                await client.SendAsync(puts[i % puts.Length]);
                own.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            }

            lock (all) all.AddRange(own);
        }));
        all.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what} at {rate}/s: median {all[all.Count / 2]:N2} ms, p95 {all[all.Count * 95 / 100]:N2} ms, p99 {all[all.Count * 99 / 100]:N2} ms, "
            + $"most {all[^1]:N1} ms"));
        return all[all.Count * 99 / 100];
    }

    private static TimeSpan Spent(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }
}
