using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Gate;

/// <summary>Requests per second and caller (ASP.NET's token buckets); over it 429 with <c>Retry-After</c>.</summary>
internal static class RateRules
{
    private const int RefillsPerSecond = 10;

    public static void Set(RateLimiterOptions options, RateLimitSettings limit)
    {
        // Who is not authenticated gets a 401 next, with the pauses of its own (LoginThrottle).
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => context.FindCaller() is { } caller
            ? RateLimitPartition.GetTokenBucketLimiter(caller.Actor, _ => Bucket(limit)) : RateLimitPartition.GetNoLimiter(string.Empty));
        options.OnRejected = static async (rejected, _) =>
        {
            TimeSpan pause = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan reported) ? reported : TimeSpan.FromSeconds(1);
            await ErrorReply.WriteAsync(rejected.HttpContext, StatusCodes.Status429TooManyRequests,
                "This caller sends too many requests (Facade:RateLimit).", pause > TimeSpan.Zero ? pause : TimeSpan.FromSeconds(1));
        };
    }

    private static TokenBucketRateLimiterOptions Bucket(RateLimitSettings limit)
    {
        bool slow = limit.PerSecond < RefillsPerSecond;
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = limit.Burst, QueueLimit = 0, AutoReplenishment = true,
            TokensPerPeriod = slow ? limit.PerSecond : limit.PerSecond / RefillsPerSecond,
            ReplenishmentPeriod = slow ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(1.0 / RefillsPerSecond),
        };
    }
}
