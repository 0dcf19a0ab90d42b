using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace ProvisioningConnector.Benchmarks.Commands;

/// <summary>
/// <c>resume</c>: a run over very many users is killed in the middle of its writes; how long until the resumed one writes, and how many
/// users a second it then works off without a quota: requests, readings and the journal together.
/// </summary>
internal static class ResumeCommand
{
    private const double WritesPerSecond = 17; // 20 a second, budget 0.85

    public static async Task<int> RunAsync(Arguments arguments)
    {
        int users = arguments.Whole("users", 1_000_000);
        double changed = arguments.Number("changed", 0.05);
        await using Rehearsal rehearsal = await Rehearsal.OpenAsync(users, changed);
        long half = (long)(users * changed / 2);
        using (Process first = Start(rehearsal, "apply", rehearsal.Source, "--yes", "--quiet",
            "--progress", "none", "--report", Path.Combine(rehearsal.Folder, "first.json")))
        {
            while (rehearsal.Sandbox.Journal.AppliedWriteCount < half && !first.HasExited) await Task.Delay(1);
            first.Kill();
            await first.WaitForExitAsync();
        }

        string run = await RunIdAsync(rehearsal);
        long before = rehearsal.Sandbox.Journal.AppliedWriteCount;
        long began = Stopwatch.GetTimestamp();
        using Process second = Start(rehearsal, "resume", run, "--yes", "--quiet", "--progress",
            "none", "--report", Path.Combine(rehearsal.Folder, "second.json"));
        while (rehearsal.Sandbox.Journal.AppliedWriteCount == before && !second.HasExited) await Task.Delay(1);
        double firstWrite = Stopwatch.GetElapsedTime(began).TotalSeconds;
        long last = before;
        double ended = firstWrite;
        while (!second.HasExited)
        {
            await Task.Delay(5);
            if (rehearsal.Sandbox.Journal.AppliedWriteCount == last) continue;
            (last, ended) = (rehearsal.Sandbox.Journal.AppliedWriteCount, Stopwatch.GetElapsedTime(began).TotalSeconds);
        }

        double perWrite = (ended - firstWrite) / Math.Max(1, last - before);
        bool reached = second.ExitCode == 0 && firstWrite <= 10 && perWrite * WritesPerSecond <= 0.05 && last == (long)(users * changed);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"killed after {before:N0} of {users * changed:N0} writes; {firstWrite:N1} s from the start of 'resume' to its first write; "
            + $"{perWrite * 1000:N2} ms a write, request and readings included, which is {perWrite * WritesPerSecond:P1} of a run's time at "
            + $"{WritesPerSecond:N0} writes/s; {last:N0} writes in all, exit {second.ExitCode}: {(reached ? "reached" : "MISSED")}  "
            + $"(10 s, 5 %, no write twice)"));
        return reached ? 0 : 1;
    }

    private static Process Start(Rehearsal rehearsal, params string[] words)
    {
        ProcessStartInfo start = new(Path.Combine(AppContext.BaseDirectory,
            OperatingSystem.IsWindows() ? "provision.exe" : "provision"))
        { WorkingDirectory = rehearsal.Folder, RedirectStandardOutput = true };
        foreach (string word in (string[])[.. words, "--config", rehearsal.Configuration]) start.ArgumentList.Add(word);
        Process process = Process.Start(start) ?? throw new InvalidOperationException("provision could not be started.");
        return process;
    }

    private static async Task<string> RunIdAsync(Rehearsal rehearsal)
    {
        using Process runs = Start(rehearsal, "runs", "--format", "json");
        using JsonDocument reported = JsonDocument.Parse(await runs.StandardOutput.ReadToEndAsync());
        return reported.RootElement.GetProperty("runs")[0].GetProperty("runId").GetString() ?? throw new InvalidOperationException("There is no run.");
    }
}
