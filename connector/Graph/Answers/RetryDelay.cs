namespace ProvisioningConnector.Graph.Answers;

/// <summary>How long to wait between two tries: half a second, doubling, up to 30 s, each with
/// a jitter of ±50 %; the service's word when it asks for more.</summary>
internal sealed class RetryDelay(TimeProvider time, Func<double> chance)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestAccepted = TimeSpan.FromMinutes(5);

    public Task WaitAsync(int failed, TimeSpan? reported, CancellationToken cancellation)
    {
        TimeSpan own = First * Math.Pow(2, Math.Min(failed - 1, 10));
        own = (own > Longest ? Longest : own) * (0.5 + chance());
        TimeSpan asked = reported is { } word && word > TimeSpan.Zero ? (word > LongestAccepted ? LongestAccepted : word) : TimeSpan.Zero;
        return Task.Delay(asked > own ? asked : own, time, cancellation);
    }
}
