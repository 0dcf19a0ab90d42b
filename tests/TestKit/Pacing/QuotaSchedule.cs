namespace ProvisioningConnector.TestKit.Pacing;

/// <summary>A factor over time.</summary>
internal sealed class QuotaSchedule(IReadOnlyList<QuotaChange> changes)
{
    public double FactorAt(double now)
    {
        double factor = 1.0;
        foreach (QuotaChange change in changes)
        {
            if (change.AtSecond <= now) factor = change.Factor;
        }

        return factor;
    }
}
