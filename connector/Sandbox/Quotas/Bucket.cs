using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Quotas;

/// <summary>A token bucket that may fall into debt, so that a client that goes on asking waits longer.</summary>
internal sealed class Bucket(QuotaLimit limit, double drainedPerSecond, DateTimeOffset now, double filled = 1)
{
    private readonly double _refill = Math.Max(0.001, limit.Capacity / limit.Per.TotalSeconds - drainedPerSecond);
    private double _tokens = limit.Capacity * filled;
    private DateTimeOffset _at = now;

    /// <summary>Share of the limit in use: 1 at the limit, up to 1.8 beyond it.</summary>
    public double Used => Math.Clamp((limit.Capacity - _tokens) / limit.Capacity, 0, 1.8);

    /// <summary>How full it is, from 0 to 1.</summary>
    public double Filled => Math.Clamp(_tokens / limit.Capacity, 0, 1);

    public bool Has(double cost, DateTimeOffset now)
    {
        // The tenant's clock may have been set back.
        if (now < _at) _at = now;
        if (now > _at)
        {
            _tokens = Math.Min(limit.Capacity, _tokens + (now - _at).TotalSeconds * _refill);
            _at = now;
        }
        return _tokens >= cost;
    }

    public void Take(double cost) => _tokens = Math.Max(-limit.Capacity, _tokens - cost);

    /// <summary>Time until the cost can be paid.</summary>
    public TimeSpan Wait(double cost) => TimeSpan.FromSeconds(Math.Max(0, cost - _tokens) / _refill);
}
