using System.Net;

namespace ProvisioningConnector.Graph.Settings;

/// <summary>
/// Plain http and static tokens are for rehearsals on this machine only: the host must be a literal loopback address,
/// 127.0.0.0/8 or ::1 (docs/configuration.md#credentials). "localhost" is a name: what it resolves to is not ours to trust.
/// </summary>
public static class LoopbackHost
{
    /// <summary>Whether the address' host is a literal loopback address.</summary>
    public static bool IsLiteral(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.IsAbsoluteUri
            && address.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6
            && IPAddress.TryParse(address.Host.Trim('[', ']'), out IPAddress? ip)
            && !ip.IsIPv4MappedToIPv6
            && IPAddress.IsLoopback(ip);
    }
}
