using System.Diagnostics;
using System.Globalization;
using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.TestKit.Pacing;
using ProvisioningConnector.TestKit.Simulation;

namespace ProvisioningConnector.Benchmarks.Commands;

/// <summary><c>simulate</c>: the whole reconciler in virtual time against a quota, known or not, compared with the floor.</summary>
internal static class SimulateCommand
{
    public static int Run(Arguments arguments)
    {
        int users = arguments.Whole("users", 10_000);
        string quota = arguments.Text("quota", "known");
        ServiceManner manner = new(
            Headers: arguments.Text("headers", "on") == "on",
            RetryAfter: Enum.Parse<RetryAfterForm>(arguments.Text("retry-after", nameof(RetryAfterForm.Ten)), ignoreCase: true),
            MedianLatency: arguments.Number("latency", 0.25),
            LatencySigma: arguments.Number("sigma", 0.5),
            SpuriousShare: arguments.Number("spurious", 0));
        (Func<IModelQuota> reads, Func<IModelQuota> writes) = QuotaNames.Parse(quota);
        CrowdRun run = new(users, new QuotaSettings(Start: arguments.Number("start", 1)), reads, writes, manner)
        {
            ChangedEvery = arguments.Whole("changed-every", 1),
            ReadLag = TimeSpan.FromSeconds(arguments.Number("lag", 0)),
            Watch = arguments.Text("watch", "off") == "on" ? Log : null,
        };
        // Nine tenths of a quota are to be held also where some calls are refused for no reason.
        double most = manner.SpuriousShare > 0 ? 1 / 0.9 : quota == "known" ? 1.02 : 1.10;
        bool reached = true;
        int first = arguments.Whole("seed", 7);
        for (int seed = first; seed < first + arguments.Whole("seeds", 1); seed++)
        {
            long began = Stopwatch.GetTimestamp();
            CrowdResult result = run.Run(seed);
            bool good = result.RatioWithSafety <= most && result.Outcomes.Done == run.Changed
                && (quota != "known" || manner.SpuriousShare > 0 || result.RefusedShare <= 0.001);
            reached &= good;
            Console.WriteLine($"{quota}: {result}");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {(good ? "reached" : "MISSED")} (at most {most:N2}); {Stopwatch.GetElapsedTime(began).TotalSeconds:N1} s of real time, "
                + $"{GC.GetTotalAllocatedBytes() >> 20:N0} MB allocated so far, {Environment.WorkingSet >> 20:N0} MB resident"));
        }

        return reached ? 0 : 1;
    }

    private static void Log(double second, PacingAccount account) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"    {second,8:N0} s: reads {account.Reads.Cost,9} at {account.Reads.Rate,7:F2}/s {account.Reads.InFlight,3}+{account.Reads.Waiting,-4} writes "
        + $"{account.Writes.Cost,9} at {account.Writes.Rate,6:F2}/s {account.Writes.InFlight,3}+{account.Writes.Waiting,-4} refused "
        + $"{account.Reads.ThrottledItems}+{account.Writes.ThrottledItems} {account.Writes.State}"));
}
