using System.Globalization;

namespace ProvisioningConnector.Benchmarks.Commands;

/// <summary><c>memory</c>: peak resident memory of <c>plan</c> or <c>apply</c> over very many users, beside that over a tenth of them.</summary>
internal static class MemoryCommand
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        int users = arguments.Whole("users", 1_000_000);
        double small = await PeakAsync(users / 10, arguments);
        double large = await PeakAsync(users, arguments);
        bool reached = large <= 300 && large <= 1.10 * small;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{large:N0} MB over {users:N0} users, {large / small:P0} of {small:N0} MB over a tenth of them: "
            + $"{(reached ? "reached" : "MISSED")} (at most 300 MB and 110 %)"));
        return reached ? 0 : 1;
    }

    private static async Task<double> PeakAsync(int users, Arguments arguments)
    {
        string verb = arguments.Text("verb", "plan");
        await using Rehearsal rehearsal = await Rehearsal.OpenAsync(users, arguments.Number("changed", 0.05));
        string keep = arguments.Text("keep", rehearsal.Folder);
        List<string> words = [verb, rehearsal.Source, "--config", rehearsal.Configuration, "--report",
            Path.Combine(keep, "report.html"), "--report", Path.Combine(keep, "report.json")];
        if (verb == "apply") words.Add("--yes");
        ProvisionProcess process = await ProvisionProcess.RunAsync(rehearsal.Folder, [.. words]);
        if (process.Exit != 0) throw new InvalidOperationException($"provision ended with {process.Exit}.");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{users:N0} users: {process.PeakMegabytes:N0} MB peak, {process.Seconds:N1} s, exit {process.Exit}, "
            + $"text report {process.Output.Split('\n').Length - 1} lines; {string.Join(", ", process.Steps)}"));
        foreach (string file in Directory.EnumerateFiles(keep,
            "report*")) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {Path.GetFileName(file)} {new FileInfo(file).Length >> 10:N0} KB"));
        return process.PeakMegabytes;
    }
}
