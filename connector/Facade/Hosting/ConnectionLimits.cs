using System.Collections.Immutable;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Connections;
using ProvisioningConnector.Facade.Access;

namespace ProvisioningConnector.Facade.Hosting;

/// <summary>
/// Connections at once, before a byte of them is read: of everybody together, and of one address, so that no one takes them all (docs/facade.md#connections).
/// Where a limit is met, the oldest connection without a request makes room; what is beyond is closed at once. A limit that is met is logged, at most once
/// a minute.
/// </summary>
/// <param name="most">Of everybody together.</param>
/// <param name="perAddress">Of one address (IPv6: of one /64).</param>
/// <param name="exempt">Addresses that carry the connections of many callers: only the first limit counts for them.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Gets the line.</param>
internal sealed class ConnectionLimits(int most, int perAddress, ImmutableArray<IPNetwork> exempt, TimeProvider time, ILogger<ConnectionLimits> log)
    : IDisposable
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromMinutes(1);
    private readonly SilentConnections _silent = new(time);
    private readonly ConcurrencyLimiter _all = new(new ConcurrencyLimiterOptions { PermitLimit = most, QueueLimit = 0 });

    private readonly PartitionedRateLimiter<IPAddress?> _each = PartitionedRateLimiter.Create<IPAddress?, string>(address => IsExempt(exempt, address)
        ? RateLimitPartition.GetNoLimiter("")
        : RateLimitPartition.GetConcurrencyLimiter(LoginThrottle.Place(address),
            _ => new ConcurrencyLimiterOptions { PermitLimit = perAddress, QueueLimit = 0 }));

    private readonly Lock _gate = new();
    private DateTimeOffset? _loggedAt;
    private long _unsaid;

    /// <summary>The step of a listener's connections.</summary>
    public ConnectionDelegate Admit(ConnectionDelegate next) => async connection =>
    {
        IPAddress? address = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        string place = LoginThrottle.Place(address);
        SilentConnection? watched = null;
        try
        {
            using RateLimitLease ofAddress = await EnterAsync(() => _each.AttemptAcquire(address), place);
            using RateLimitLease? ofAll = ofAddress.IsAcquired ? await EnterAsync(() => _all.AttemptAcquire(), place: null) : null;
            if (ofAll is not { IsAcquired: true })
            {
                Report(address, isTotal: ofAddress.IsAcquired);
                return;
            }

            watched = _silent.Watch(connection, place);
            connection.Features.Set(watched);
            await next(connection);
        }
        finally
        {
            // Only now its places are free.
            watched?.Dispose();
        }
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        _each.Dispose();
        _all.Dispose();
    }

    private static bool IsExempt(ImmutableArray<IPNetwork> exempt, IPAddress? address)
    {
        if (address is null) return false;
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return exempt.Any(network => network.Contains(plain));
    }

    /// <summary>Takes a place; where there is none, that of a connection which has said nothing.</summary>
    private async ValueTask<RateLimitLease> EnterAsync(Func<RateLimitLease> acquire, string? place)
    {
        RateLimitLease lease = acquire();
        if (lease.IsAcquired || !await _silent.EndOldestAsync(place)) return lease;
        lease.Dispose();
        return acquire();
    }

    private void Report(IPAddress? address, bool isTotal)
    {
        long refused;
        lock (_gate)
        {
            _unsaid++;
            DateTimeOffset now = time.GetUtcNow();
            if (_loggedAt is { } at && now - at < BetweenLines) return;
            (refused, _loggedAt, _unsaid) = (_unsaid, now, 0);
        }

        if (isTotal)
        {
            log.LogWarning("{Refused} connections were refused: {Most} are open (Facade:MaxConnections). The last one came from {Address}",
                refused, most, LoginThrottle.Place(address));
        }
        else
        {
            log.LogWarning("{Refused} connections were refused: {Most} are open from {Address} (Facade:MaxConnectionsPerAddress). "
                + "If that is a proxy, name it in Facade:KnownProxies", refused, perAddress, LoginThrottle.Place(address));
        }
    }
}
