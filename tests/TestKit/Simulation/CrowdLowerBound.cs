using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.TestKit.Pacing;

namespace ProvisioningConnector.TestKit.Simulation;

/// <summary>
/// The least time a run can take: every user read at the read rate, then every change written at the budgeted write rate (guardrails
/// need the whole plan before the first write), bursts counted.
/// </summary>
/// <param name="Reads">Seconds that reading everybody takes.</param>
/// <param name="Writes">Seconds that the writes take after it.</param>
/// <param name="WithSafety">
/// The whole, with the two reads of each changed user counted in: the executor reads before the first write and after the last. Larger than
/// the sum of the others only where reads are scarcer than writes.
/// </param>
public sealed record CrowdLowerBound(double Reads, double Writes, double WithSafety)
{
    private const int SafetyReads = 2;

    /// <summary>Reads and writes, nothing else.</summary>
    public double Plain => Reads + Writes;

    public static CrowdLowerBound From(CrowdRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        QuotaSettings settings = run.Settings;
        double reads = RunLowerBound.Compute(run.Reads(), 0, run.Users, settings.ReadsPerSecond, settings.ReadBurst);
        // The write quota may change with time, so its floor begins where the best read phase would have ended.
        double writes = RunLowerBound.Compute(run.Writes(), reads, run.Changed, settings.WritesPerSecond * settings.WriteBudget,
            settings.WriteBurst * settings.WriteBudget);
        double allReads = RunLowerBound.Compute(run.Reads(), 0, run.Users + SafetyReads * run.Changed, settings.ReadsPerSecond, settings.ReadBurst);
        return new CrowdLowerBound(reads, writes, Math.Max(reads + writes, allReads));
    }
}
