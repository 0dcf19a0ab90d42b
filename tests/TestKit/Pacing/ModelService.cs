using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.TestKit.Pacing;

/// <summary>A service in virtual time that meters items and answers after a lognormal latency.</summary>
public sealed class ModelService(VirtualWorld world, IModelQuota reads, IModelQuota writes, ServiceManner manner)
{
    private readonly Random _chance = world.Chance("latency");

    /// <summary>Calls that were answered, and those of them refused wholly or in part.</summary>
    public long Calls { get; private set; }

    /// <inheritdoc cref="Calls"/>
    public long Refused { get; private set; }

    /// <summary>Sends a call of some items and returns how many were accepted and what the answer said.</summary>
    public async Task<ModelAnswer> SendAsync(bool write, int items)
    {
        double latency = manner.MedianLatency * Math.Exp(manner.LatencySigma * Gaussian());
        await world.Delay(TimeSpan.FromSeconds(latency / 2));
        ModelAnswer answer = Meter(write ? writes : reads, items);
        await world.Delay(TimeSpan.FromSeconds(latency / 2));
        return answer;
    }

    private ModelAnswer Meter(IModelQuota quota, int items)
    {
        double now = world.Elapsed.TotalSeconds;
        int accepted = 0;
        for (int item = 0; item < items; item++)
        {
            bool spurious = manner.SpuriousShare > 0 && _chance.NextDouble() < manner.SpuriousShare;
            if (!spurious && quota.Take(now)) accepted++;
        }

        Calls++;
        if (accepted < items) Refused++;
        double share = quota.Share(now);
        double? reported = manner.Headers && share > 0.8 ? Math.Min(1.8, share) : (double?)null;
        return new ModelAnswer(accepted, reported, accepted < items ? RetryAfter(quota, now) : null);
    }

    private TimeSpan? RetryAfter(IModelQuota quota, double now)
    {
        double room = quota.SecondsUntilRoom(now);
        return manner.RetryAfter switch
        {
            RetryAfterForm.Ten => TimeSpan.FromSeconds(10),
            RetryAfterForm.WholeSeconds => TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(room))),
            RetryAfterForm.Fraction => TimeSpan.FromSeconds(room),
            RetryAfterForm.Date => TimeSpan.FromSeconds(Math.Max(0, Math.Floor(now + room) - now)),
            RetryAfterForm.Missing => null,
            RetryAfterForm.AlwaysOne => TimeSpan.FromSeconds(1),
        };
    }

    private double Gaussian() => Math.Sqrt(-2 * Math.Log(1 - _chance.NextDouble())) * Math.Cos(2 * Math.PI * _chance.NextDouble());
}
