using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ProvisioningConnector.Benchmarks.Commands;

/// <summary><c>page</c>: how long Chromium takes until an HTML report shows its users, beside an empty page.</summary>
internal static partial class PageCommand
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        string report = new Uri(Path.GetFullPath(arguments.Text("report", "report.html"))).AbsoluteUri;
        string browser = arguments.Text("browser", "chromium");
        int runs = arguments.Whole("runs", 5);
        List<double> empty = [];
        List<double> full = [];
        string shown = "";
        for (int run = 0; run < runs; run++)
        {
            empty.Add((await OpenAsync(browser, "about:blank")).Seconds);
            (double seconds, string page) = await OpenAsync(browser, report);
            full.Add(seconds);
            shown = Status().Match(page).Groups[1].Value;
        }

        double difference = empty.Zip(full, (e, f) => f - e).Order().ElementAt(runs / 2);
        bool reached = shown.Length > 0 && difference <= 2;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"median of {runs}: the report takes {difference:N2} s more than an empty page ({full.Order().ElementAt(runs / 2):N2} s with the start of the "
            + $"browser) and shows {shown}: {(reached ? "reached" : "MISSED")} (at most 2 s)"));
        return reached ? 0 : 1;
    }

    /// <summary>Opens a page, lets its scripts run to their end without waiting for timers, and gives the document.</summary>
    private static async Task<(double Seconds, string Page)> OpenAsync(string browser, string address)
    {
        ProcessStartInfo start = new(browser) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["--headless", "--no-sandbox", "--disable-gpu",
            "--virtual-time-budget=10000", "--dump-dom", address]) start.ArgumentList.Add(argument);
        long began = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{browser} could not be started.");
        Task<string> problem = process.StandardError.ReadToEndAsync();
        string page = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        await problem;
        return (Stopwatch.GetElapsedTime(began).TotalSeconds, page);
    }

    [GeneratedRegex("role=\"status\">([^<]+)<")]
    private static partial Regex Status();
}
