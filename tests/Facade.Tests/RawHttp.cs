using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProvisioningConnector.Facade.Tests;

/// <summary>Bytes over a connection of their own, for requests that no client library sends.</summary>
internal static class RawHttp
{
    /// <summary>Sends and reads to the end, as Latin-1; empty when the server hangs up.</summary>
    /// <param name="port">Of the server, on this machine.</param>
    /// <param name="request">What is sent.</param>
    /// <param name="isAll">Says that there is no more, for requests that may not be whole. The server then takes its caller for gone.</param>
    public static async Task<string> ExchangeAsync(int port, byte[] request, bool isAll)
    {
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, port);
        NetworkStream stream = client.GetStream();
        try
        {
            await stream.WriteAsync(request);
            if (isAll) client.Client.Shutdown(SocketShutdown.Send);
            using StreamReader reader = new(stream, Encoding.Latin1);
            return await reader.ReadToEndAsync();
        }
        catch (Exception hungUp) when (hungUp is IOException or SocketException)
        {
            return "";
        }
    }

    /// <summary>The status of the answer; 0 when the server hung up.</summary>
    /// <param name="rig">The server.</param>
    /// <param name="method">HTTP method.</param>
    /// <param name="path">Path and query.</param>
    /// <param name="headers">Lines, whose characters are bytes.</param>
    /// <param name="body">Characters are bytes.</param>
    public static async Task<int> StatusAsync(Rig rig, string method, string path, IEnumerable<(string Name, string Value)> headers, string body = "")
    {
        StringBuilder text = new();
        text.Append(method).Append(' ').Append(path).Append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        foreach ((string name, string value) in headers) text.Append(name).Append(": ").Append(value).Append("\r\n");
        if (body.Length > 0) text.Append("Content-Type: application/json\r\nContent-Length: ").Append(body.Length).Append("\r\n");
        text.Append("\r\n").Append(body);
        string answer = await ExchangeAsync(new Uri(rig.Server.Addresses[0]).Port, Encoding.Latin1.GetBytes(text.ToString()), isAll: false);
        return answer.Length < 12 ? 0 : int.Parse(answer.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);
    }
}
