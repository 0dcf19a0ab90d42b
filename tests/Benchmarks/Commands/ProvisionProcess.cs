using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace ProvisioningConnector.Benchmarks.Commands;

/// <summary>The real program as a process of its own, measured from outside.</summary>
/// <param name="Exit">Its exit code.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Seconds">From start to end.</param>
/// <param name="PeakMegabytes">Largest resident set (Linux: <c>VmHWM</c>), read every 50 ms while it ran.</param>
/// <param name="Steps">The steps that its progress events reported of.</param>
internal sealed record ProvisionProcess(int Exit, string Output, double Seconds, double PeakMegabytes, IReadOnlyList<MeasuredStep> Steps)
{
    /// <summary>Runs it to its end; its messages that are not progress go to our standard error.</summary>
    public static async Task<ProvisionProcess> RunAsync(string folder, params string[] arguments)
    {
        ProcessStartInfo start = new(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "provision.exe" : "provision"))
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (string argument in (string[])[.. arguments, "--progress", "json"]) start.ArgumentList.Add(argument);
        long began = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("provision could not be started.");
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        List<MeasuredStep> steps = [];
        Task progress = ReadProgressAsync(process.StandardError, steps);
        double peak = 0;
        Task ended = process.WaitForExitAsync();
        while (await Task.WhenAny(ended, Task.Delay(50)) != ended)
        {
            (double most, double now) = Memory(process.Id);
            peak = Math.Max(peak, most);
            lock (steps)
            {
                if (steps.Count > 0) steps[^1] = steps[^1] with { Megabytes = Math.Max(now, steps[^1].Megabytes) };
            }
        }

        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await progress;
        return new ProvisionProcess(process.ExitCode, await output, seconds, peak, steps);
    }

    private static async Task ReadProgressAsync(StreamReader error, List<MeasuredStep> steps)
    {
        DateTimeOffset first = default;
        while (await error.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith('{'))
            {
                await Console.Error.WriteLineAsync(line);
                continue;
            }

            using JsonDocument reported = JsonDocument.Parse(line);
            string step = reported.RootElement.GetProperty("step").GetString() ?? "";
            DateTimeOffset at = reported.RootElement.GetProperty("at").GetDateTimeOffset();
            lock (steps)
            {
                if (steps.Count == 0) first = at;
                if (steps.Count == 0 || steps[^1].Name != step) steps.Add(new MeasuredStep(step, (at - first).TotalSeconds, 0));
            }
        }
    }

    /// <summary>The largest and the present resident set, megabytes.</summary>
    private static (double Most, double Now) Memory(int process)
    {
        try
        {
            string[] lines = File.ReadAllLines($"/proc/{process}/status");
            return (Line(lines, "VmHWM:"), Line(lines, "VmRSS:"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has just ended, or there is no /proc here: the figures stay what they were.
            return (0, 0);
        }
    }

    private static double Line(string[] lines, string name) =>
        lines.FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal)) is { } line
            ? double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024
            : 0;
}

/// <summary>A step of a run.</summary>
/// <param name="Name">As the progress events call it.</param>
/// <param name="At">When it began, seconds after the first.</param>
/// <param name="Megabytes">Largest resident set seen in it.</param>
internal sealed record MeasuredStep(string Name, double At, double Megabytes)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} from {At:N1} s at most {Megabytes:N0} MB");
}
