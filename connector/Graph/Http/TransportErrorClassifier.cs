using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Answers;

namespace ProvisioningConnector.Graph.Http;

/// <summary>
/// Distinguishes a connection that never came about from one that broke later. "Nothing was sent" is claimed only when both the HTTP stack names
/// a cause that lies before sending and the request had not begun to leave; everything else is in doubt.
/// </summary>
internal static class TransportErrorClassifier
{
    public static ServiceError Classify(Exception exception, bool started, string host, string requestId)
    {
        string why = Innermost(exception).Message;
        return !started && LiesBeforeSending(exception) ? ServiceErrors.NoConnection(host, why, requestId) : ServiceErrors.Broken(host, why, requestId);
    }

    private static bool LiesBeforeSending(Exception exception)
    {
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case HttpRequestException
                {
                    HttpRequestError: HttpRequestError.NameResolutionError
                or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
                or HttpRequestError.ProxyTunnelError or HttpRequestError.VersionNegotiationError
                }:
                case AuthenticationException:
                case SocketException
                {
                    SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound
                or SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.NoData or SocketError.TryAgain
                }:
                // A connection that took longer than ConnectTimeout ends in a cancellation with this inside.
                case OperationCanceledException { InnerException: TimeoutException }:
                    return true;
                case HttpRequestException or WebException:
                    break;
            }
        }

        return false;
    }

    private static Exception Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner) exception = inner;
        return exception;
    }
}
