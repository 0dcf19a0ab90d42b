using System.Globalization;
using ProvisioningConnector.Engine.Pacing;

namespace ProvisioningConnector.TestKit.Pacing;

/// <summary>What a paced run took, in seconds of virtual time, beside what it had to take.</summary>
public sealed record PacedRunResult(
    int Seed, double Makespan, double LowerBound, double ReadSeconds, double ReadLowerBound,
    long Calls, long Refused, PacingAccount Account, LearnedRates Learned)
{
    /// <summary>Makespan over floor; 1 is perfect.</summary>
    public double Ratio => Makespan / LowerBound;

    /// <summary>Refused calls over calls.</summary>
    public double RefusedShare => (double)Refused / Calls;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"seed {Seed}: {Makespan:F0} s over a lower bound of {LowerBound:F0} s = {Ratio:F4}; reads {ReadSeconds:F0} over {ReadLowerBound:F0} s; "
        + $"{Refused} of {Calls} calls refused ({RefusedShare:P3}); congestions {Account.Reads.Congestions}+{Account.Writes.Congestions}; "
        + $"rates {Account.Reads.Rate:F2} {Account.Reads.State}, {Account.Writes.Rate:F2} {Account.Writes.State}");
}
