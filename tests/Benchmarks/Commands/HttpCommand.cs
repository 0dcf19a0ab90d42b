using System.Collections.Immutable;
using System.Globalization;

namespace ProvisioningConnector.Benchmarks.Commands;

/// <summary><c>http</c>: users read and planned over real HTTP against the sandbox without a quota, and the calls that took.</summary>
internal static class HttpCommand
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        int users = arguments.Whole("users", 20_000);
        int runs = arguments.Whole("runs", 5);
        await using Rehearsal rehearsal = await Rehearsal.OpenAsync(users, arguments.Number("changed", 0));
        List<double> whole = [];
        List<double> reading = [];
        double perUser = 0;
        for (int run = 0; run < runs; run++)
        {
            rehearsal.Sandbox.Journal.Clear();
            ProvisionProcess process = await ProvisionProcess.RunAsync(rehearsal.Folder, "plan", rehearsal.Source, "--config", rehearsal.Configuration);
            if (process.Exit != 0) throw new InvalidOperationException($"provision ended with {process.Exit}: {process.Output}");
            ImmutableSortedDictionary<string, long> counts = rehearsal.Sandbox.Journal.Counts;
            perUser = (double)(counts["batch"] + Math.Max(0, counts["methods.list"] - users)) / users;
            double began = process.Steps.First(s => s.Name == "read").At;
            double ended = process.Steps.First(s => s.Name == "guard").At;
            whole.Add(users / process.Seconds);
            reading.Add(users / (ended - began));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{users / (ended - began):N0} users/s read and planned; {users / process.Seconds:N0} users/s from start of the process to its end "
                + $"({process.Seconds:N2} s); 1/{1 / perUser:N1} calls a user; {process.PeakMegabytes:N0} MB; "
                + $"{string.Join(" ", counts.Select(c => $"{c.Key}={c.Value}"))}"));
        }

        bool reached = Median(reading) >= 3000 && perUser <= 1.0 / 20;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"median of {runs}: {Median(reading):N0} users/s read and planned, {Median(whole):N0} users/s for the whole process: "
            + $"{(reached ? "reached" : "MISSED")} (at least 3,000; 1/20 calls a user)"));
        return reached ? 0 : 1;
    }

    private static double Median(List<double> figures) => figures.Order().ElementAt(figures.Count / 2);
}
