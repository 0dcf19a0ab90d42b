using System.Globalization;
using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.TestKit.Pacing;
using ProvisioningConnector.TestKit.Simulation;

namespace ProvisioningConnector.Benchmarks.Commands;

/// <summary><c>waves</c>: writes one by one against writes of twenty users in a batch, through the same gate against the same quotas.</summary>
internal static class WavesCommand
{
    public static int Run(Arguments arguments)
    {
        int users = arguments.Whole("users", 10_000);
        int seed = arguments.Whole("seed", 7);
        foreach (string quota in (string[])["known", "half", "tenth", "writes-5-per-10s", "windows"])
        {
            (Func<IModelQuota> reads, Func<IModelQuota> writes) = QuotaNames.Parse(quota);
            foreach (int batch in (int[])[1, 20])
            {
                PacedRunResult result = new PacedRun(users, new QuotaSettings(Start: 1), reads,
                    writes, new ServiceManner())
                { WithReads = false, WriteBatch = batch }.Run(seed);
                // A connection that breaks leaves everything of its call without a known outcome: read back, up to 70 s each.
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{quota,-17} {batch,2} a call: {result.Makespan,7:N0} s = {result.Ratio:F4} of the floor, {result.Calls,6:N0} calls, "
                    + $"{result.Refused,4:N0} of them refused, {(double)users / (result.Calls - result.Refused),4:N1} writes unknown for each broken call"));
            }
        }

        return 0;
    }
}
