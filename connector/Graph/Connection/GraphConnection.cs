using Azure.Core;
using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Credentials;
using ProvisioningConnector.Graph.Http;
using ProvisioningConnector.Graph.Reading;
using ProvisioningConnector.Graph.Sdk;
using ProvisioningConnector.Graph.Settings;
using ProvisioningConnector.Graph.Users;
using ProvisioningConnector.Graph.Writing;

namespace ProvisioningConnector.Graph.Connection;

/// <summary>
/// A tenant, reached with one credential. Reading (<see cref="GraphDirectory"/>, <see cref="GraphMethodsReader"/>) and writing
/// (<see cref="GraphMethodsWriter"/>) are apart; where a tenant has a <c>WriteCredential</c>, each has a connection of its own.
/// </summary>
public sealed class GraphConnection : IDisposable
{
    /// <summary>Identity and access reports: five requests in ten seconds per app and tenant (docs/graph.md#throttling).</summary>
    private static readonly QuotaSettings ReportsQuota = new(ReadsPerSecond: 0.5, ReadBurst: 5, Start: 1, MaxInFlight: 1);

    private readonly RenewableTransport _transport;
    private readonly TokenSource _tokens;

    private GraphConnection(GraphTenantOptions options, TokenCredential credential, Pacer pacer,
        TimeProvider time, RenewableTransport transport, IGraphTrace? trace, Func<double> chance)
    {
        Options = options;
        _transport = transport;
        RetryDelay again = new(time, chance);
        _tokens = new TokenSource(credential, options, time, again);
        Addresses = new GraphAddress(options);
        GraphPipe pipe = new(GraphPipelines.Over(transport), _tokens, Addresses, options, time, trace);
        Reads = new ReadSender(pipe, pacer, again, Addresses, transport, options);
        Reports = new ReadSender(pipe, new Pacer(ReportsQuota, time), again, Addresses, transport, options);
        Writes = new WriteSender(pipe, pacer, again, Addresses, transport, options);
        Polls = new PollSender(pipe, pacer);
        Walk = new PageWalk(Addresses, options);
        Sdk = new GraphSdk(new ReadAdapter(Addresses, Reads, Reports), Walk);
    }

    /// <summary>How the tenant is reached.</summary>
    public GraphTenantOptions Options { get; }

    /// <summary>What the present token says of itself; null before the first request.</summary>
    public TokenFacts? Token => _tokens.Facts;

    internal GraphAddress Addresses { get; }

    /// <summary>Requests to audit log and registration report so far; they have a quota, and so a gate, of their own.</summary>
    public long ReportCalls => Reports.Pacer.Snapshot().Reads.Cost;

    internal ReadSender Reads { get; }

    internal ReadSender Reports { get; }

    internal WriteSender Writes { get; }

    internal PollSender Polls { get; }

    internal PageWalk Walk { get; }

    internal GraphSdk Sdk { get; }

    /// <summary>Opens a connection; nothing is sent and no token is fetched before the first request.</summary>
    /// <param name="options">How the tenant is reached; must be without <see cref="GraphTenantOptions.Problems"/>.</param>
    /// <param name="credential">Who we are there (<see cref="GraphCredentials.Create"/>).</param>
    /// <param name="pacer">The gates of this tenant and app; one for everything in the process.</param>
    /// <param name="time">The clock of all waiting.</param>
    /// <param name="trace">Called for every request.</param>
    /// <param name="handler">Another HTTP stack, for tests; it must follow no redirects. The connection disposes it.</param>
    /// <param name="chance">A number in [0, 1) for jitter; null: random.</param>
    /// <exception cref="ArgumentException">The options have problems, or a static token would leave this machine.</exception>
    public static GraphConnection Open(
        GraphTenantOptions options, TokenCredential credential, Pacer pacer, TimeProvider time,
        IGraphTrace? trace = null, HttpMessageHandler? handler = null, Func<double>? chance = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(credential);
        ArgumentNullException.ThrowIfNull(pacer);
        ArgumentNullException.ThrowIfNull(time);
        string problems = string.Join(" ", options.Problems().Select(p => p.Message));
        if (problems.Length > 0) throw new ArgumentException(problems, nameof(options));
        if (credential is StaticTokenCredential
            && !LoopbackHost.IsLiteral(options.Target)) throw new ArgumentException("A static token is for literal loopback addresses only.",
                nameof(credential));
        RenewableTransport transport = handler is null ? RenewableTransport.Real(options, time) : RenewableTransport.Given(handler, time);
        return new GraphConnection(options, credential, pacer, time, transport, trace, chance ?? Random.Shared.NextDouble);
    }

    /// <summary>Fetches the token now, so that a wrong credential is found before anything else; says what the token is.</summary>
    /// <exception cref="TenantException">No token, or one of another tenant.</exception>
    public async ValueTask<TokenFacts> AuthenticateAsync(CancellationToken cancellation)
    {
        try
        {
            await _tokens.GetAsync(cancellation).ConfigureAwait(false);
        }
        catch (TokenUnavailableException e)
        {
            throw new TenantException(e.Error, e);
        }

        return _tokens.Facts ?? default;
    }

    /// <summary>Closes idle connections; call it when nothing is under way.</summary>
    public void Dispose()
    {
        _transport.Close();
        _tokens.Dispose();
    }
}
