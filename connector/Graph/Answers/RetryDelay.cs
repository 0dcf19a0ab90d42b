namespace ProvisioningConnector.Graph.Answers;

/// <summary>How long to wait between two tries: half a second, doubling, up to 30 s, each with
/// a jitter of ±50 %; the service's word when it asks for more.</summary>
internal sealed class RetryDelay(TimeProvider time, Func<double> chance)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestTold = TimeSpan.FromMinutes(5);

    public Task WaitAsync(int failed, TimeSpan? told, CancellationToken cancellation)
    {
        TimeSpan own = First * Math.Pow(2, Math.Min(failed - 1, 10));
        own = (own > Longest ? Longest : own) * (0.5 + chance());
        TimeSpan asked = told is { } word && word > TimeSpan.Zero ? (word > LongestTold ? LongestTold : word) : TimeSpan.Zero;
        return Task.Delay(asked > own ? asked : own, time, cancellation);
    }
}
