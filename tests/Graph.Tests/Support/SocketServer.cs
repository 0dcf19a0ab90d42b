using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProvisioningConnector.Graph.Tests.Support;

/// <summary>A server on a real socket that answers every request with the bytes it is given, as a proxy, gateway or captive portal would.</summary>
internal sealed class SocketServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _life;
    private int _requests;

    public SocketServer()
    {
        _listener.Start();
        Address = new Uri($"http://{_listener.LocalEndpoint}");
        _life = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>What is answered; may be changed between requests.</summary>
    public OtherAnswer Answer { get; set; } = new(404);

    /// <summary>Requests since this was last read.</summary>
    public int TakeRequests() => Interlocked.Exchange(ref _requests, 0);

    public Rig Rig() => new(null, options => options with { Endpoint = Address });

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _life;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            NetworkStream stream = client.GetStream();
            while (await ReadRequestAsync(stream))
            {
                Interlocked.Increment(ref _requests);
                OtherAnswer answer = Answer;
                await stream.WriteAsync(answer.ToBytes());
                if (answer.IsCut) return;
            }
        }
    }

    private static async Task<bool> ReadRequestAsync(NetworkStream stream)
    {
        StringBuilder text = new();
        byte[] buffer = new byte[8192];
        while (true)
        {
            int read = await stream.ReadAsync(buffer);
            if (read == 0) return false;
            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
            string all = text.ToString();
            int end = all.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0) continue;
            string? length = all[..end].Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
            if (all.Length - end - 4 >= (length is null ? 0 : int.Parse(length[15..]))) return true;
        }
    }
}

/// <summary>An answer as it goes over the wire.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="ContentType">Null: no such header.</param>
/// <param name="Body">UTF-8, or raw bytes by <see cref="Raw"/>.</param>
internal sealed record OtherAnswer(int Status, string? ContentType = null, string Body = "")
{
    public byte[]? Raw { get; init; }

    /// <summary>Further header lines.</summary>
    public string Headers { get; init; } = "";

    /// <summary>The connection ends before the body does.</summary>
    public bool IsCut { get; init; }

    public byte[] ToBytes()
    {
        byte[] body = Raw ?? Encoding.UTF8.GetBytes(Body);
        bool hasBody = Status is not (204 or 304);
        string head = $"HTTP/1.1 {Status} Whatever\r\n{(hasBody ? $"Content-Length: {body.Length + (IsCut ? 100 : 0)}\r\n" : "")}"
            + $"{(ContentType is null ? "" : $"Content-Type: {ContentType}\r\n")}{Headers}\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. hasBody ? body : []];
    }

    public override string ToString() =>
        $"{Status} {ContentType ?? "no type"} {(Raw is null ? Body : "raw bytes")} {Headers.ReplaceLineEndings(" ")}{(IsCut ? "cut" : "")}";
}
