namespace ProvisioningConnector.TestKit.Pacing;

/// <summary>A factor over time.</summary>
internal sealed class QuotaSchedule(IReadOnlyList<QuotaChange> changes)
{
    public double FactorAt(double now)
    {
        var factor = 1.0;
        foreach (var change in changes)
        {
            if (change.AtSecond <= now) factor = change.Factor;
        }

        return factor;
    }
}
