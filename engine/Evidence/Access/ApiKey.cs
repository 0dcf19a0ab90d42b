using System.Collections.Immutable;
using System.Net;

namespace ProvisioningConnector.Engine.Evidence.Access;

/// <summary>
/// A key that a program calls the facade with. Of its secret, 256 random bits, only the SHA-256 is kept: slow hashes protect what
/// people make up and others can guess; of 2^256 random values no one guesses one, and a fast digest can be checked with every request.
/// </summary>
public sealed record ApiKey
{
    /// <summary>How many live keys one name may have: the one in use and the one that follows it.</summary>
    public const int MostLivePerName = 2;

    /// <summary>Public: 16 hexadecimal digits. It is in logs and in the chain of evidence.</summary>
    public required string Id { get; init; }

    /// <summary>What uses it, such as <c>pingidm-production</c>.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the secret's text, lower-case hexadecimal.</summary>
    public required string Digest { get; init; }

    /// <summary>Rights by tenant name.</summary>
    public required ImmutableSortedDictionary<string, ImmutableArray<Right>> Grants { get; init; }

    /// <summary>Addresses and networks (CIDR) that may use it; empty: all.</summary>
    public ImmutableArray<string> From { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    /// <summary>From then on it is refused; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public string? RevokedBy { get; init; }

    public bool IsLive(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is not { } end || now < end);

    /// <summary>Whether it may be used from an address; IPv4 addresses in IPv6 clothes count as IPv4.</summary>
    public bool MayComeFrom(IPAddress? address)
    {
        if (From.IsEmpty) return true;
        if (address is null) return false;
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return From.Any(network => TryReadNetwork(network, out IPNetwork known) && known.Contains(plain));
    }

    /// <summary>An address, or a network as <c>10.0.0.0/8</c> (bits behind the prefix do not matter).</summary>
    public static bool TryReadNetwork(string text, out IPNetwork network)
    {
        ArgumentNullException.ThrowIfNull(text);
        network = default;
        string[] parts = text.Split('/');
        if (parts.Length > 2 || !IPAddress.TryParse(parts[0], out IPAddress? address) || !LooksLikeAddress(parts[0])) return false;
        int all = address.GetAddressBytes().Length * 8;
        int bits = all;
        if (parts.Length == 2 && (!int.TryParse(parts[1], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out bits)
            || bits > all)) return false;
        byte[] bytes = address.GetAddressBytes();
        for (int i = 0; i < bytes.Length; i++)
        {
            int kept = Math.Clamp(bits - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xFF00 >> kept);
        }

        network = new IPNetwork(new IPAddress(bytes), bits);
        return true;
    }

    /// <summary>"10" is read as 0.0.0.10 by some; no one means that.</summary>
    private static bool LooksLikeAddress(string text) => text.Contains(':', StringComparison.Ordinal) || text.Count(c => c == '.') == 3;
}
