using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Answers;

namespace ProvisioningConnector.Graph.Credentials;

/// <summary>Explains what happened on the way to the login: it says nothing about the credential, and a later request may succeed.</summary>
internal static class LoginFault
{
    /// <summary>A failure of name resolution, connection, proxy or TLS, or no answer in time; null when these exceptions show none.</summary>
    /// <param name="causes">An exception and all inside it, from the outside in.</param>
    /// <param name="place">Host and port that were to be reached.</param>
    public static ServiceError? Find(IReadOnlyList<Exception> causes, string place)
    {
        if (!causes.Any(IsOfNetwork)) return null;
        string why = causes[^1].Message;
        HttpRequestError error = causes.OfType<HttpRequestException>().Select(e => e.HttpRequestError).FirstOrDefault(e => e != HttpRequestError.Unknown);
        HttpStatusCode? status = causes.OfType<HttpRequestException>().Select(e => e.StatusCode).FirstOrDefault(s => s is not null);
        if (error == HttpRequestError.ProxyTunnelError || status == HttpStatusCode.ProxyAuthenticationRequired)
        {
            return ServiceErrors.NoLogin($"The proxy refused the connection to {place} ({QuotedText.Quote(Tunnel(causes) ?? why)})",
                status == HttpStatusCode.ProxyAuthenticationRequired || why.Contains("407", StringComparison.Ordinal)
                    ? "The proxy requires a name and a password: set them in HTTPS_PROXY, or allow this host in the proxy."
                    : "Check HTTPS_PROXY and NO_PROXY, and that the proxy allows this host.");
        }

        if (causes.Any(e => e is AuthenticationException) || error == HttpRequestError.SecureConnectionError)
        {
            return ServiceErrors.NoLogin($"The TLS connection to {place} failed: {QuotedText.Quote(why)}",
                "If a proxy inspects TLS, add its certificate authority to the ones this machine trusts (on Linux also SSL_CERT_FILE); "
                + "otherwise check who answers at this address and the machine's clock.");
        }

        if (OtherPlace(causes, place) is { } proxy)
        {
            return ServiceErrors.NoLogin($"No connection to {place}: the proxy on the way cannot be reached: {QuotedText.Quote(proxy)}",
                "Check HTTPS_PROXY and NO_PROXY, and that the proxy is running.");
        }

        if (error == HttpRequestError.NameResolutionError
            || causes.OfType<SocketException>().Any(e => e.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain))
        {
            return ServiceErrors.NoLogin($"The name of {place} cannot be resolved: {QuotedText.Quote(why)}",
                "Check DNS and the network of this machine; where a proxy is needed, set HTTPS_PROXY.");
        }

        return error == HttpRequestError.ConnectionError
            || causes.OfType<SocketException>()
            .Any(e => e.SocketErrorCode is SocketError.ConnectionRefused or SocketError.HostUnreachable or SocketError.NetworkUnreachable)
            ? ServiceErrors.NoLogin($"No connection to {place}: {QuotedText.Quote(why)}",
                "Check the network, firewall and proxy (HTTPS_PROXY) of this machine.")
            : ServiceErrors.NoLogin($"The connection to {place} broke: {QuotedText.Quote(why)}",
                "Run again; if it persists, check the proxies and firewalls on the way.");
    }

    /// <param name="place">Host and port.</param>
    /// <param name="after">How long was waited; null: the connection was not made in time.</param>
    public static ServiceError TimedOut(string place, TimeSpan? after) =>
        ServiceErrors.NoLogin(after is { } span ? $"{place} did not answer within {span.TotalSeconds:0.#} s" : $"The connection to {place} timed out",
            "Check the network, firewall and proxy (HTTPS_PROXY) of this machine, then run again.");

    /// <summary>The login itself failed.</summary>
    public static ServiceError Outage(string place, string answer) =>
        ServiceErrors.NoLogin($"The login at {place} is failing ({answer})",
            "Run again later; https://azure.status.microsoft lists outages. If there is a proxy, check it too.");

    /// <summary>Something else than Microsoft Entra ID answered.</summary>
    public static ServiceError NotEntra(string place, string answer) =>
        ServiceErrors.NoLogin($"Something other than Microsoft Entra ID answered for {place} ({answer})",
            "Check the network, and the proxy or gateway on the way to the login; then run again.");

    private static bool IsOfNetwork(Exception e) =>
        e is HttpRequestException or SocketException or AuthenticationException or IOException { InnerException: SocketException };

    /// <summary>What the stack says of a connection that it could not make, where that was to another place: it ends with host and port.</summary>
    private static string? OtherPlace(IEnumerable<Exception> causes, string place) => causes.OfType<HttpRequestException>()
        .Where(e => e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
        .Select(e => e.Message)
        .FirstOrDefault(message => message.EndsWith(')') && message.LastIndexOf('(') is > 0 and var from
        && message[(from + 1)..^1] is { } other && other.Contains(':', StringComparison.Ordinal)
            && !other.Equals(place, StringComparison.OrdinalIgnoreCase));

    private static string? Tunnel(IEnumerable<Exception> causes) =>
        causes.OfType<HttpRequestException>().FirstOrDefault(e => e.HttpRequestError == HttpRequestError.ProxyTunnelError)?.Message;
}

/// <summary>Problems on the way to the login, classified where it arose. It is a request
/// exception because the libraries of the credentials know those.</summary>
internal sealed class LoginFaultException(ServiceError error, Exception? inner) : HttpRequestException(error.Message, inner)
{
    public ServiceError Error { get; } = error;
}
