using Azure.Core;
using Azure.Core.Pipeline;
using ProvisioningConnector.Graph.Settings;

namespace ProvisioningConnector.Graph.Http;

/// <summary>
/// The HTTP stack under the pipeline. After a 503 it can be determined to make new connections (docs/graph.md#retries): requests under way keep theirs,
/// later ones get others.
/// </summary>
internal sealed class RenewableTransport : HttpPipelineTransport
{
    private const long Never = -1;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);
    private readonly Func<HttpMessageHandler>? _make;
    private readonly TimeProvider _time;
    private HttpClientTransport _current;
    private long _renewedAt = Never;

    private RenewableTransport(HttpMessageHandler first, Func<HttpMessageHandler>? make, TimeProvider time)
    {
        _current = Over(first);
        _make = make;
        _time = time;
    }

    /// <summary>Over real connections.</summary>
    public static RenewableTransport Real(GraphTenantOptions options, TimeProvider time)
    {
        HttpMessageHandler Make() => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = System.Net.DecompressionMethods.All,
            ConnectTimeout = options.ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            UseProxy = !LoopbackHost.IsLiteral(options.Target),
        };
        return new RenewableTransport(Make(), Make, time);
    }

    /// <summary>Over a handler of the caller's, which stays the caller's.</summary>
    public static RenewableTransport Given(HttpMessageHandler handler, TimeProvider time) => new(handler, null, time);

    /// <summary>Later requests get new connections; at most once in five seconds. The old stack
    /// is left to the collector: it may have requests under way.</summary>
    public void Renew()
    {
        if (_make is null) return;
        long renewedAt = Interlocked.Read(ref _renewedAt);
        if (renewedAt != Never && _time.GetElapsedTime(renewedAt) < Shortest) return;
        if (Interlocked.CompareExchange(ref _renewedAt, _time.GetTimestamp(), renewedAt) != renewedAt) return;
        Volatile.Write(ref _current, Over(_make()));
    }

    public override Request CreateRequest() => Volatile.Read(ref _current).CreateRequest();

    public override void Process(HttpMessage message) => Volatile.Read(ref _current).Process(message);

    public override ValueTask ProcessAsync(HttpMessage message) => Volatile.Read(ref _current).ProcessAsync(message);

    public void Close() => Volatile.Read(ref _current).Dispose();

    // Our own clock times requests.
    private static HttpClientTransport Over(HttpMessageHandler handler) =>
        new(new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan });
}
