using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProvisioningConnector.Benchmarks.Commands;

/// <summary>One connection that sends requests made beforehand and reads answers with a length:
/// as little of the two cores as possible goes to the client.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[64 * 1024];

    public static async Task<RawClient> ConnectAsync(int port)
    {
        RawClient client = new();
        await client._socket.ConnectAsync(IPAddress.Loopback, port);
        return client;
    }

    public static byte[] Request(string method, string path, string headers, string? body)
    {
        byte[] content = Encoding.UTF8.GetBytes(body ?? "");
        string head = string.Create(CultureInfo.InvariantCulture,
            $"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}"
            + $"{(body is null ? "" : $"Content-Type: application/json\r\nContent-Length: {content.Length}\r\n")}\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. content];
    }

    /// <summary>The status.</summary>
    public async Task<int> SendAsync(ReadOnlyMemory<byte> request)
    {
        await _socket.SendAsync(request);
        int filled = 0;
        while (true)
        {
            int got = await _socket.ReceiveAsync(_buffer.AsMemory(filled));
            if (got == 0) throw new IOException("The facade hung up.");
            filled += got;
            int end = _buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
            if (end >= 0 && filled >= end + 4
                + Length(_buffer.AsSpan(0, end))) return int.Parse(Encoding.ASCII.GetString(_buffer, 9, 3), CultureInfo.InvariantCulture);
        }
    }

    public void Dispose() => _socket.Dispose();

    private static int Length(ReadOnlySpan<byte> head)
    {
        int at = head.IndexOf("Content-Length: "u8);
        if (at < 0) return 0;
        ReadOnlySpan<byte> rest = head[(at + 16)..];
        int end = rest.IndexOf((byte)'\r');
        return int.Parse(end < 0 ? rest : rest[..end], CultureInfo.InvariantCulture);
    }
}
