using System.Collections.Immutable;
using System.Net;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Facade.Hosting;

/// <summary>One place to listen at.</summary>
/// <param name="IsHttps">Whether it needs the certificate.</param>
/// <param name="Address">A literal address; null: <c>localhost</c>, both loopback addresses.</param>
/// <param name="Port">0: a free one (not with localhost).</param>
internal sealed record Listener(bool IsHttps, IPAddress? Address, int Port)
{
    /// <summary>Whether no one from elsewhere can reach it.</summary>
    public bool IsLoopback => Address is null || IPAddress.IsLoopback(Address);

    public bool IsAny => Address is not null && (Address.Equals(IPAddress.Any) || Address.Equals(IPAddress.IPv6Any));

    /// <summary>Reads and checks what is to be listened to.</summary>
    /// <exception cref="ProvisioningException">An address is none, or not safe with these settings.</exception>
    public static ImmutableArray<Listener> ReadAll(ImmutableArray<string> urls, FacadeSettings settings)
    {
        ImmutableArray<Listener> listeners = [.. urls.Select(Read)];
        foreach ((string url, Listener listener) in urls.Zip(listeners)) Check(url, listener, settings);
        return listeners;
    }

    /// <summary>Reads <c>Facade:HealthUrl</c>. Its listener takes no credentials and has no secrets, so plain http is allowed at every address.</summary>
    /// <returns>Null: there is none.</returns>
    /// <exception cref="ProvisioningException">It is no address, or needs a certificate that there is not.</exception>
    public static Listener? ReadHealth(FacadeSettings settings)
    {
        if (settings.HealthUrl is not { } url) return null;
        Listener listener = Read(url);
        CheckCertificate(url, listener, settings);
        return listener;
    }

    /// <summary>Names by which clients may call: literal addresses listened to, <c>localhost</c> for loopback, and what the settings add.</summary>
    public static IEnumerable<string> Hosts(ImmutableArray<Listener> listeners, FacadeSettings settings)
    {
        IEnumerable<string> own = listeners.Where(l => !l.IsAny)
            .SelectMany(l => l.Address is null ? ["localhost", "127.0.0.1", "[::1]"] : l.IsLoopback
            ? new[] { Text(l.Address), "localhost" } : [Text(l.Address)]);
        return own.Concat(settings.AllowedHosts);
    }

    private static string Text(IPAddress address) => address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
        ? $"[{address}]" : address.ToString();

    private static Listener Read(string url)
    {
        const string Form = "Write scheme, address and port: http://127.0.0.1:8080, https://10.0.0.7:8443, https://*:8443.";
        // "*" is no host to Uri.
        string plain = url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
        if (!Uri.TryCreate(plain, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https")
            || uri.PathAndQuery != "/" || uri.UserInfo.Length > 0)
        {
            throw new ProvisioningException("badUrl", $"'{url}' is not an address to listen on.", Form);
        }

        if (uri.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)) return new Listener(uri.Scheme == "https", null, uri.Port);
        return IPAddress.TryParse(uri.Host.Trim('[', ']'), out IPAddress? address)
            ? new Listener(uri.Scheme == "https", address, uri.Port)
            : throw new ProvisioningException("badUrl", $"'{url}' names a host; a server listens on addresses.",
                $"{Form} Names by which clients call go to Facade:AllowedHosts.");
    }

    private static void Check(string url, Listener listener, FacadeSettings settings)
    {
        if (!settings.LoopbackAccounts.IsEmpty && (listener.Address is null || !listener.IsLoopback))
        {
            throw new ProvisioningException("loopbackAccounts",
                $"Facade:LoopbackAccounts are for rehearsals on this machine, but '{url}' is not a loopback IP address.",
                "Listen at http://127.0.0.1:8080, or remove the accounts and use keys (provision keys new).");
        }

        CheckCertificate(url, listener, settings);
        if (!listener.IsHttps && !listener.IsLoopback && settings.KnownProxies.IsEmpty)
        {
            throw new ProvisioningException("httpsNeeded", $"'{url}' would send keys and numbers unencrypted over the network.",
                "Use https, or listen on loopback behind a proxy that does; Facade:KnownProxies names a proxy on another machine.");
        }

        if (listener.IsAny && settings.AllowedHosts.IsEmpty) throw new ProvisioningException("allowedHostsNeeded",
            $"'{url}' listens on all addresses, so the names by which clients call it must be configured.",
            "Name them in Facade:AllowedHosts, such as provision.contoso.com.");
    }

    private static void CheckCertificate(string url, Listener listener, FacadeSettings settings)
    {
        if (listener.IsHttps && settings.Certificate is null) throw new ProvisioningException("certificateNeeded",
            $"'{url}' needs a certificate.", "Set Facade:Certificate:Path (PFX, or PEM with KeyPath).");
    }
}
