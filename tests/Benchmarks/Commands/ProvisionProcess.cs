using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace ProvisioningConnector.Benchmarks.Commands;

/// <summary>The real program as a process of its own, measured from outside.</summary>
/// <param name="Exit">Its exit code.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Seconds">From start to end.</param>
/// <param name="PeakMegabytes">Largest resident set (Linux: <c>VmHWM</c>), read every 50 ms while it ran.</param>
/// <param name="Steps">When each step began, seconds from the first step, by the progress events.</param>
internal sealed record ProvisionProcess(int Exit, string Output, double Seconds, double PeakMegabytes, IReadOnlyList<(string Step, double At)> Steps)
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
        Task<List<(string, DateTimeOffset)>> steps = StepsAsync(process.StandardError);
        double peak = 0;
        Task ended = process.WaitForExitAsync();
        while (await Task.WhenAny(ended, Task.Delay(50)) != ended) peak = Math.Max(peak, Peak(process.Id));
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        List<(string Step, DateTimeOffset At)> told = await steps;
        return new ProvisionProcess(process.ExitCode, await output, seconds, peak, [.. told.Select(s => (s.Step, (s.At - told[0].At).TotalSeconds))]);
    }

    private static async Task<List<(string, DateTimeOffset)>> StepsAsync(StreamReader error)
    {
        List<(string Step, DateTimeOffset At)> steps = [];
        while (await error.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith('{'))
            {
                await Console.Error.WriteLineAsync(line);
                continue;
            }

            using JsonDocument told = JsonDocument.Parse(line);
            string step = told.RootElement.GetProperty("step").GetString() ?? "";
            if (steps.Count == 0 || steps[^1].Step != step) steps.Add((step, told.RootElement.GetProperty("at").GetDateTimeOffset()));
        }

        return steps;
    }

    private static double Peak(int process)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has just ended, or there is no /proc here: the figure stays what it was.
            return 0;
        }
    }
}
