using System.Net;
using System.Net.Sockets;

namespace ProvisioningConnector.Facade.Access;

/// <summary>
/// Failures in a row per address, and per address and key id (or account name); never per key id alone, so that no one can lock others out.
/// <see cref="Free"/> are free, from then on each doubles the pause, from 1 s up to 5 min; what is quiet for 15 min is forgotten.
/// Holds at most <see cref="Most"/> entries; the longest quiet one leaves first.
/// </summary>
internal sealed class LoginThrottle(TimeProvider time)
{
    public const int Free = 5;
    public const int Most = 10_000;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(15);
    private readonly Lock _gate = new();
    private readonly RecentEntries<Failures> _entries = new(Most, Forgotten);

    /// <summary>The network that counts as one address: IPv4 as it is, IPv6 its /64, which one customer has whole.</summary>
    public static string Place(IPAddress? address)
    {
        if (address is null) return "local";
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4().ToString();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address.ToString();
        byte[] bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return $"{new IPAddress(bytes)}/64";
    }

    /// <summary>How long the pause still lasts; zero: there is none.</summary>
    public TimeSpan Pause(string place, string? id)
    {
        lock (_gate)
        {
            TimeSpan ofPlace = Left(place);
            TimeSpan ofPair = id is null ? TimeSpan.Zero : Left(Pair(place, id));
            return ofPlace > ofPair ? ofPlace : ofPair;
        }
    }

    /// <summary>How long the pause of this id at this address lasts, whatever else comes from there.</summary>
    public TimeSpan PauseOf(string place, string id)
    {
        lock (_gate) return Left(Pair(place, id));
    }

    /// <summary>A failure. How many in a row it makes at this address.</summary>
    public long Failed(string place, string? id)
    {
        lock (_gate)
        {
            if (id is not null) Add(Pair(place, id));
            return Add(place);
        }
    }

    /// <summary>A success of this id at this address.</summary>
    public void Succeeded(string place, string id)
    {
        lock (_gate)
        {
            // Nearly always there is nothing to forget.
            if (!_entries.IsEmpty) _entries.Remove(Pair(place, id));
        }
    }

    private static string Pair(string place, string id) => $"{place} {id}";

    private TimeSpan Left(string key)
    {
        if (_entries.Find(key) is not { } failures) return TimeSpan.Zero;
        TimeSpan left = failures.LastAt + PauseAfter(failures.Count) - time.GetUtcNow();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private static TimeSpan PauseAfter(long failures)
    {
        if (failures < Free) return TimeSpan.Zero;
        double seconds = Math.Pow(2, Math.Min(failures - Free, 20));
        return seconds >= LongestPause.TotalSeconds ? LongestPause : TimeSpan.FromSeconds(seconds);
    }

    private long Add(string key)
    {
        DateTimeOffset now = time.GetUtcNow();
        long count = (_entries.Find(key, now)?.Count ?? 0) + 1;
        _entries.Set(key, new Failures(count, now), now);
        return count;
    }

    private readonly record struct Failures(long Count, DateTimeOffset LastAt);
}
