using System.Globalization;
using System.Net;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Http;

/// <summary>The sandbox has no secrets and asks for none, so no one else may reach it.</summary>
internal static class Loopback
{
    public static IPEndPoint Parse(string? urls)
    {
        if (urls is null) return new IPEndPoint(IPAddress.Loopback, 0);
        if (!Uri.TryCreate(urls, UriKind.Absolute, out Uri? uri) || uri.Scheme != Uri.UriSchemeHttp || uri.AbsolutePath != "/")
            throw new SandboxSeedException($"'{urls}' is not an address for the sandbox; write one like http://127.0.0.1:18080.");
        IPAddress? address = uri.Host == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(uri.Host.Trim('[', ']'), out IPAddress? ip) ? ip : null;
        if (address is null || !IPAddress.IsLoopback(address))
            throw new SandboxSeedException(
                $"The sandbox listens on loopback only, not on '{uri.Host}': it checks no credentials. "
                + $"Use http://127.0.0.1:{uri.Port.ToString(CultureInfo.InvariantCulture)}.");
        return new IPEndPoint(address, uri.Port);
    }
}
